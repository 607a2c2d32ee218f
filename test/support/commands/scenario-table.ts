/**
 * The main scenario: users who need every action, and some who need none. It begins on 2026-06-01 at noon. A line
 * without a login goes on with the user above it; one with a reading in brackets is there under that reading alone.
 *
 * - has: a face, `flow status expiry [applicantId]`. It was created on 2026-03-01.
 * - entry: in YAML; `TOKEN` stands for the members of the token flow. Serial numbers are `S-login-1`, `S-login-2` …
 * - plan: what the first plan counts, each word for one.
 * - after: what has become of the face, or a new one. A new face's status is `BEGUN`, which the readings decide; as
 *   long as that is not ACTIVE its expiry is the tenant's own, `policy`, whatever is asked for.
 * - later: two hours later, when all that waits has been activated; where it says nothing: as after, and ACTIVE;
 *   `gone` where the face is to be deleted only then.
 */
export const scenarioTable = `
login | has                      | entry                                                  | plan            | after                    | later
amy   |                          | user: AMY                                              | create emails   | mobile BEGUN policy
b@c.d |                          | user: b@c.d, lifetime: 365d                            | create emails   | mobile BEGUN yearFromNow
cas   |                          | user: cas, flow: web, applicantId: a-cas               | create          | web BEGUN policy a-cas
dan   |                          | user: dan, flow: web, applicantId: a-dan, ASKED        | create          | web BEGUN asked a-dan
eva   |                          | user: eva, TOKEN                                       | create          | token BEGUN policy
fay   |                          | user: fay, lifetime: 365d, TOKEN                       | create          | token BEGUN yearFromNow
gia   |                          | user: gia, activation: { email: false, qrCode: true }  | create          | mobile BEGUN policy

gus   | mobile ACTIVE seeded     | user: gus.alias@c.d, ASKED                             | update          | mobile ACTIVE asked
hal   | mobile DISABLED seeded   | externalId: E-hal, lifetime: 365d                      | update          | mobile ACTIVE yearFromSeeded
ida   | web DISABLED seeded i    | uuid: id-ida, flow: web, applicantId: i                | update          | web ACTIVE seeded i
nat   | mobile EXPIRED passed    | user: nat, ASKED                                       | update          | mobile ACTIVE asked
ned   | token ACTIVE passed      | user: ned, ASKED, TOKEN                                | update          | token ACTIVE asked
nia   | web DISABLED passed n    | user: nia, flow: web, applicantId: n, ASKED            | update          | web ACTIVE asked n

jon   | mobile ACTIVE seeded     | user: jon, enabled: false                              | disable         | mobile DISABLED seeded
ken   | mobile NEW seeded        | user: ken, enabled: false                              | disable         | mobile DISABLED seeded
kim   | mobile ACTIVATING seeded | user: kim, enabled: false                              | disable         | mobile DISABLED seeded
lea   | web REVIEW seeded l      | user: lea, flow: web, applicantId: l, enabled: false   | disable         | web DISABLED seeded l
max   | token ACTIVATING seeded  | user: max, enabled: false, TOKEN                       | disable         | token DISABLED seeded
nil   |                          | user: nil, enabled: false                              | noop            |

oli   | web EXPIRED passed o     | user: oli, flow: web, applicantId: o, replaceOn: [EXPIRED] | replace         | web BEGUN policy o
ola   | mobile ACTIVE passed     | user: ola, replaceOn: [EXPIRED]                        | replace emails  | mobile BEGUN policy
pia   | mobile FAILED seeded     | user: pia, lifetime: 365d, replaceOn: [FAILED]         | replace emails  | mobile BEGUN yearFromNow
ray   | web ACTIVE seeded old    | user: ray, flow: web, applicantId: r                   | replace         | web BEGUN policy r
quy   | token FAILED seeded      | user: quy, TOKEN                                       | noop attention  | token FAILED seeded
pam   | mobile EXPIRED passed    | user: pam                                              | noop attention  | mobile EXPIRED passed
pat   | mobile FAILED seeded     | user: pat                                              | noop attention  | mobile FAILED seeded
      |                          | user: pat, TOKEN                                       | create          | token BEGUN policy

sam   | mobile ACTIVE seeded     | user: sam, state: absent                               | delete          |
      | web FAILED seeded s      |                                                        | delete          |
      | token DISABLED seeded    |                                                        | delete          |
tea   | web ACTIVE seeded t      | user: tea, state: absent, flow: web                    | delete          |
      | mobile ACTIVE seeded     |                                                        | unmatched       | mobile ACTIVE seeded
tim   | mobile NEW seeded        | user: tim, state: absent, flow: token                  | noop unmatched  | mobile NEW seeded
      | web ACTIVE seeded v      |                                                        | unmatched       | web ACTIVE seeded v
tad (pendingMobile true) | mobile ACTIVATING seeded | user: tad, state: absent, flow: mobile | delete |
tad (pendingMobile missing) | mobile ACTIVATING seeded | user: tad, state: absent, flow: mobile | delete |
tad (pendingMobile false) | mobile ACTIVATING seeded | user: tad, state: absent, flow: mobile | noop unmatched | mobile ACTIVATING seeded | gone
tom (tokenApplicant absent) | token ACTIVE seeded | user: tom, state: absent, flow: token | delete |
tom (tokenApplicant present) | token ACTIVE seeded | user: tom, state: absent, flow: token | noop unmatched | token ACTIVE seeded
uma   | mobile NEW seeded        | user: uma                                              | noop waiting    | mobile NEW seeded
vic   | mobile ACTIVATING seeded | user: vic, lifetime: 365d                              | noop waiting    | mobile ACTIVATING seeded | mobile ACTIVE yearFromSeeded
wes   | web REVIEW seeded w      | user: wes, flow: web, applicantId: w, ASKED            | noop waiting    | web REVIEW seeded w      | web ACTIVE asked w
xia   | token ACTIVATING seeded  | user: xia, TOKEN                                       | noop waiting    | token ACTIVATING seeded
cor   | web ACTIVE asked c       | user: cor, flow: web, applicantId: c, ASKED            | noop            | web ACTIVE asked c
ivy   | mobile ACTIVE inAnHour   | user: ivy, replaceOn: [EXPIRED]                        | noop            | mobile ACTIVE inAnHour   | mobile BEGUN policyLater
bea   | mobile ACTIVE seeded     |                                                        | unmatched       | mobile ACTIVE seeded
      | mobile ACTIVE seeded     | user: bea, serialNumber: S-bea-2, ASKED                | update          | mobile ACTIVE asked
yan   | mobile ACTIVE seeded     | user: yan, label: private phone, lifetime: 365d        | update          | mobile ACTIVE yearFromSeeded
      |                          | user: yan, label: work phone, lifetime: 365d           | create emails   | mobile BEGUN yearFromNow
      | web ACTIVE seeded y      | user: yan, flow: web, applicantId: y, ASKED            | update          | web ACTIVE asked y
      |                          | user: yan, TOKEN                                       | create          | token BEGUN policy
zoe   | web ACTIVE seeded old    | user: zoe, flow: web, applicantId: z                   | replace         | web BEGUN policy z
      | mobile ACTIVE seeded     | user: zoe                                              | noop            | mobile ACTIVE seeded
      | mobile ACTIVE seeded     |                                  | noop attention duplicate unmatched    | mobile ACTIVE seeded
      | mobile FAILED seeded     |                                                        | unmatched       | mobile FAILED seeded
      | mobile DISABLED seeded   |                                                        | unmatched       | mobile DISABLED seeded
zac (tokenApplicant absent) | web ACTIVE seeded old | user: zac, flow: web, applicantId: zz | replace | web BEGUN policy zz
      | token ACTIVE seeded      | user: zac, TOKEN                                       | noop            | token ACTIVE seeded
zac (tokenApplicant present) | web ACTIVE seeded old | user: zac, flow: web, applicantId: zz | create noop attention duplicate unmatched | web BEGUN policy zz
      | token ACTIVE seeded      | user: zac, TOKEN                                       | noop            | token ACTIVE seeded
      |                          |                                                        |                 | web ACTIVE seeded old
abe   | mobile ACTIVE seeded     | user: abe, state: absent, serialNumber: S-abe-1        | delete          |
      |                          | user: abe, flow: web, applicantId: new                 | create          | web BEGUN policy new
      | web ACTIVE seeded 1      |                                                        | unmatched       | web ACTIVE seeded 1
      | web ACTIVE seeded 2      |                                                        | unmatched       | web ACTIVE seeded 2
      | web ACTIVE seeded 3      |                                                        | unmatched       | web ACTIVE seeded 3
      | token DISABLED seeded    |                                                        | unmatched       | token DISABLED seeded
olga  | mobile ACTIVE seeded     |                                                        |                 | mobile ACTIVE seeded
      | web DISABLED seeded g    |                                                        |                 | web DISABLED seeded g
otto  | mobile FAILED passed     |                                                        |                 | mobile FAILED passed
odo   |                          |                                                        |                 |
`;
