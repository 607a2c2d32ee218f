// Generated from schemas/enrollments.schema.json by `npm run generate`. Do not edit.

/**
 * Which users should have which Face Biometric in Entrust Identity as a Service.
 */
export interface EnrollmentsFile {
/**
 * Where editors find this schema. It has no effect.
 */
$schema?: string
/**
 * Version of this format.
 */
version: 1
tenant?: Tenant
/**
 * Tenants that these files are for. A run is about one of them, which --env or FACEFORM_ENV names; plan --env all shows each. Names have lower-case letters, digits and hyphens; 'all' is not one. In one file, or the same in several.
 */
environments?: {
[k: string]: EnvironmentHead
}
/**
 * The team whose file this is. Then scope, unmatched, missingUsers and budgets hold for the files of this owner alone. In a file named faceform.yaml it holds for the files of its directory and below, defaults included, unless they have an owner of their own.
 */
owner?: string
scope?: Scope
/**
 * What happens to further faces of users who are listed. At most once over all files without an owner, and over those of each owner; default keep.
 */
unmatched?: ("keep" | "disable" | "delete")
/**
 * What a plan does about users that the tenant does not have. error: it is refused; wait: they are listed as waiting to be provisioned, and everybody else is planned; ignore: they are only counted. An entry may have its own. At most once over all files without an owner, and over those of each owner; default error.
 */
missingUsers?: ("error" | "wait" | "ignore")
budgets?: Budgets
/**
 * An update that ends access earlier counts as a removal where the new expiry is nearer than this, in hours or days: budgets.shorten limits it, and protect forbids it. At most once over all files; default 30d.
 */
shortenHorizon?: string
/**
 * Users whose faces are never deleted, disabled or replaced, nor made to expire within shortenHorizon, whatever the entries say: logins, uuid:… or externalId:….
 * 
 * @maxItems 10000
 * 
 * Items: A user.
 */
protect?: string[]
defaults?: Defaults
/**
 * The entries.
 */
enrollments?: Entry[]
}
/**
 * The tenant and the pace of calls to it. Flags override each of them; a url that contradicts FACEFORM_TENANT_URL or the credentials is an error unless --tenant is given. At most once over all files.
 */
export interface Tenant {
/**
 * Address of the tenant; https, or http on loopback.
 */
url?: string
/**
 * Requests in flight. Default 8.
 */
concurrency?: number
/**
 * Requests started a second. Default 20.
 */
requestsPerSecond?: number
/**
 * Which of the tenant's two creates to use. v1 is deprecated by the vendor and returns neither activation URL nor QR code; it is for tenants without v2. Default v2.
 */
createApi?: ("v1" | "v2")
}
/**
 * One environment.
 */
export interface EnvironmentHead {
tenant: EnvironmentTenant
credentials?: CredentialNames
}
/**
 * The tenant of this environment and the pace of calls to it. What it leaves out is as in the file's own tenant.
 */
export interface EnvironmentTenant {
/**
 * Address of the tenant; https, or http on loopback.
 */
url: string
/**
 * Requests in flight. Default 8.
 */
concurrency?: number
/**
 * Requests started a second. Default 20.
 */
requestsPerSecond?: number
/**
 * Which of the tenant's two creates to use. v1 is deprecated by the vendor and returns neither activation URL nor QR code; it is for tenants without v2. Default v2.
 */
createApi?: ("v1" | "v2")
}
/**
 * Environment variables that hold the credentials: applicationId and sharedSecret, or file. Without it they are FACEFORM_NAME_APPLICATION_ID, FACEFORM_NAME_SHARED_SECRET and FACEFORM_NAME_CREDENTIALS. FACEFORM_CREDENTIAL_VARIABLES must allow any others.
 */
export interface CredentialNames {
/**
 * Name of the variable that holds the application id.
 */
applicationId?: string
/**
 * Name of the variable that holds the shared secret.
 */
sharedSecret?: string
/**
 * Name of the variable that holds the path of the credentials file.
 */
file?: string
}
/**
 * Whose faces the files own. At most once over all files without an owner, and over those of each owner; default {users: listed}.
 */
export interface Scope {
/**
 * listed: those with entries; group: all of one group; tenant: all.
 */
users: ("listed" | "group" | "tenant")
/**
 * Name, external id or UUID of the group.
 */
group?: string
/**
 * What happens to the faces of users in scope that no entry names. Required with group and tenant; there is no default.
 */
onRemove?: ("keep" | "disable" | "delete")
}
/**
 * How much one run may remove, change or send before somebody has to acknowledge it. At most once over all files without an owner, and over those of each owner.
 */
export interface Budgets {
/**
 * Deletes, replaces included. Default 5.
 */
delete?: (number | string)
/**
 * Disables. Default 20.
 */
disable?: (number | string)
/**
 * Updates that end access within shortenHorizon, by an earlier expiry or the first one. Default 20.
 */
shorten?: (number | string)
/**
 * Activation e-mails. Default 100.
 */
email?: (number | string)
/**
 * Updates of any kind, those that shorten included. Without it they are not limited.
 */
update?: (number | string)
}
/**
 * Members for this file's entries that do not have them; activation is merged member by member.
 */
export interface Defaults {
/**
 * How the face comes about: on the user's phone, in a browser with the biometric stored at Onfido, or as an encrypted token stored in IDaaS.
 */
flow?: ("mobile" | "web" | "token")
/**
 * Whether the face may be used. false disables it and never creates one. Default true. One value, or one for each environment.
 */
enabled?: (boolean | {
/**
 * In this environment.
 */
[k: string]: boolean
})
/**
 * How long the face is valid from its creation, in hours or days; policy: the lifetime in the tenant's settings of the user, which also brings back an expiry that was changed. Not together with expiry. One value, or one for each environment.
 */
lifetime?: (string | {
/**
 * In this environment; none: without it there.
 */
[k: string]: string
})
/**
 * Until when the face is valid, as a date-time with a zone. Not together with lifetime; with neither, the tenant's own policy decides. One value, or one for each environment.
 */
expiry?: (string | {
/**
 * In this environment; none: without it there.
 */
[k: string]: string
})
/**
 * In which dead ends a new face takes the place of the old one. Without it such a face is left for you to look at.
 * 
 * @maxItems 2
 * 
 * Items: A status that a face does not leave by itself.
 */
replaceOn?: []|[("FAILED" | "EXPIRED")]|[("FAILED" | "EXPIRED"), ("FAILED" | "EXPIRED")]
activation?: Activation
/**
 * Free strings, carried into plan and journal, never sent to the tenant.
 */
annotations?: {
/**
 * Any text.
 */
[k: string]: string
}
}
/**
 * How the user is told to activate a mobile face. Sent at creation, never compared.
 */
export interface Activation {
/**
 * Whether IDaaS mails instructions to the user. Default true.
 */
email?: boolean
/**
 * Whether a QR code is asked for; it needs apply's --activations-out. Default false.
 */
qrCode?: boolean
}
/**
 * One face that one user should have, or, with state absent, should not have.
 */
export interface Entry {
/**
 * Login or alias of the user. Exactly one of user, uuid and externalId.
 */
user?: string
/**
 * UUID of the user in IDaaS.
 */
uuid?: string
/**
 * External id of the user.
 */
externalId?: string
/**
 * How the face comes about: on the user's phone, in a browser with the biometric stored at Onfido, or as an encrypted token stored in IDaaS.
 */
flow?: ("mobile" | "web" | "token")
/**
 * absent: the user's faces go; with flow, only those of that flow; with serialNumber, only that one. Default present.
 */
state?: ("present" | "absent")
/**
 * Environments that the entry is for. Default all.
 * 
 * @minItems 1
 * @maxItems 64
 * 
 * Items: Name of an environment.
 */
in?: [string, ...(string)[]]
/**
 * Whether the face may be used. false disables it and never creates one. Default true. One value, or one for each environment.
 */
enabled?: (boolean | {
/**
 * In this environment.
 */
[k: string]: boolean
})
/**
 * Id of the applicant at Onfido. Required for flow web, and only there. One value, or one for each environment.
 */
applicantId?: (string | {
/**
 * In this environment.
 */
[k: string]: string
})
/**
 * Id of the workflow run at Onfido, for flow web. Sent at creation, never compared.
 */
workflowRunId?: string
/**
 * The user id with which the token was made at Onfido. Required for flow token, and only there.
 */
customerUserId?: string
token?: Token
/**
 * How long the face is valid from its creation, in hours or days; policy: the lifetime in the tenant's settings of the user, which also brings back an expiry that was changed. Not together with expiry. One value, or one for each environment.
 */
lifetime?: (string | {
/**
 * In this environment; none: without it there.
 */
[k: string]: string
})
/**
 * Until when the face is valid, as a date-time with a zone. Not together with lifetime; with neither, the tenant's own policy decides. One value, or one for each environment.
 */
expiry?: (string | {
/**
 * In this environment; none: without it there.
 */
[k: string]: string
})
/**
 * In which dead ends a new face takes the place of the old one. Without it such a face is left for you to look at.
 * 
 * @maxItems 2
 * 
 * Items: A status that a face does not leave by itself.
 */
replaceOn?: []|[("FAILED" | "EXPIRED")]|[("FAILED" | "EXPIRED"), ("FAILED" | "EXPIRED")]
activation?: Activation1
/**
 * Name of this entry within the file; needed when one user has two entries of one flow.
 */
label?: string
/**
 * Pins the entry to one live face.
 */
serialNumber?: string
/**
 * What a plan makes of this entry while the tenant does not have the user; in place of the missingUsers of the files.
 */
missingUsers?: ("error" | "wait" | "ignore")
/**
 * Free strings, carried into plan and journal, never sent to the tenant.
 */
annotations?: {
/**
 * Any text.
 */
[k: string]: string
}
}
/**
 * Where the encrypted biometric token is read when it is sent. The value itself is never in the file.
 */
export interface Token {
/**
 * Name of an environment variable that holds the Base64 text: FACE_TOKEN_ and a name, or one that FACEFORM_TOKEN_VARIABLES allows.
 */
env?: string
/**
 * File that holds the Base64 text, relative to this file. It must be in the directory of this file or below; a link counts as the file it points to.
 */
file?: string
}
/**
 * How the user is told to activate a mobile face. Sent at creation, never compared.
 */
export interface Activation1 {
/**
 * Whether IDaaS mails instructions to the user. Default true.
 */
email?: boolean
/**
 * Whether a QR code is asked for; it needs apply's --activations-out. Default false.
 */
qrCode?: boolean
}
