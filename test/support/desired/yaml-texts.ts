import texts from './yaml-texts.json' with { type: 'json' };

/** Files as people and programs write them: the plain reader reads each of them itself. */
export const seeds: readonly string[] = [
  `# yaml-language-server: $schema=../schemas/enrollments.schema.json
version: 1
tenant: # ours
  url: https://acme.us.trustedauth.com
  requestsPerSecond: 10
budgets: { delete: 5, disable: 20, email: 10% }
protect: [ceo@example.com, 'cfo@example.com']

defaults: { flow: mobile, activation: { email: true } }
enrollments:
  - user: alice@example.com # since May
    lifetime: 365d
  # a comment of its own
  - user: bob
    flow: web
    applicantId: 6f1c2b7e-0000-4000-8000-000000000000
    replaceOn: [FAILED, EXPIRED]
    annotations:
      ticket: "HR-4711"
      note: it's fine, really

  - uuid: '00000000-0000-4000-8000-000000000001'
    state: absent
`,
  `version: 1
enrollments:
- user: carol
  flow: token
  customerUserId: c-1007
  token: {env: FACE_TOKEN_CAROL}
  enabled: false
-   user: dan
    flow: token
    customerUserId: "c 1 \\"x\\" \\u00e9"
    token:
      file: tokens/dan.b64
    replaceOn:
    - FAILED
    - EXPIRED
`,
  `{
  "version": 1,
  "enrollments": [
    {"user": "erin", "flow": "mobile", "activation": {"email": false, "qrCode": true}},
    {"user": "frank", "flow": "web", "applicantId": "a1", "annotations": {}}
  ]
}
`,
  'version: 1\nenrollments: [{ user: gil, flow: mobile }, { externalId: E-1, flow: mobile, label: two }]\n',
  `---
version: 1
scope: {users: group, group: Angestellte – 日本, onRemove: disable}
enrollments:
    - user: über
      flow: mobile
      expiry: 2030-06-30T00:00:00Z
    - { user: 'o''hara', flow: mobile }`,
];

/** What means something in YAML, or looks as if it did. */
export const fragments: readonly string[] = [...texts.fragments, '\ud800'];

/** Documents that YAML's own tests and readers of YAML stumble over, one idea each. */
export const oddDocuments: readonly string[] = texts.oddDocuments;
