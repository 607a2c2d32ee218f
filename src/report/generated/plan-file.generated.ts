// Generated from schemas/plan.schema.json by `npm run generate`. Do not edit.

/**
 * A plan, as `faceform plan --format json` prints it and `--out` saves it: a cousin of `terraform show -json`. Where there is no plan, such as for files with errors, what is printed has only `format_version`, `tool`, `tool_version`, `x_complete: false` and `diagnostics`.
 */
export interface PlanFile {
/**
 * Version of this format: 1.1. Plans of 1.0, which do not tell what ends access earlier, are read as well.
 */
format_version: ("1.0" | "1.1")
/**
 * What made it.
 */
tool: "faceform"
/**
 * Its version.
 */
tool_version: string
/**
 * When it was made; no part of the digest.
 */
timestamp: string
/**
 * Origin of the tenant, or sandbox:FILE.
 */
x_tenant: string
x_environment?: EnvironmentJson
/**
 * False where not all of the live state could be read.
 */
x_complete: boolean
/**
 * The files it was made from.
 * 
 * Items: One file.
 */
x_inputs: {
/**
 * Its name.
 */
file: string
/**
 * Over its bytes.
 */
sha256: string
}[]
/**
 * Files below the directories that were skipped because they are hidden, of another kind, such as credentials, without enrollments, or ignored by .faceformignore; missing where there are none.
 */
x_files_skipped?: number
/**
 * Commit of the Git work tree the files are in.
 */
x_commit?: string
/**
 * The part of the users that the plan is about, such as 2/8; missing for all of them.
 */
x_shard?: string
/**
 * The journal, report or plan of the run that this plan undoes; left out where it is made from files.
 */
x_reverts?: string
/**
 * Whose faces were read, and why. Missing in a plan that undoes a run.
 */
x_read?: {
/**
 * full: all users in the files and in the scope. changed-since: those whose entries differ from those of another commit. target: those that --target and --exclude choose.
 */
mode: ("full" | "changed-since" | "target")
/**
 * What --changed-since was given.
 */
ref?: string
/**
 * The commit that the files were compared with.
 */
merge_base?: string
/**
 * Users who were found, those included who could not be read, and those whose entries are gone: these are not among users_in_files.
 */
users_read: number
/**
 * Distinct names of users in the files, of all shards.
 */
users_in_files: number
/**
 * Of these names, those that the plan does not cover: their drift was not checked.
 */
users_left_out: number
/**
 * Why all users were read, though --changed-since was given.
 */
reason?: string
}
/**
 * Users that were looked at.
 */
x_users: number
/**
 * How many of what.
 */
summary: {
/**
 * Faces to create.
 */
create: number
/**
 * Faces to update, those in shorten included.
 */
update: number
/**
 * Updates that end access earlier; since 1.1.
 */
shorten?: number
/**
 * Faces to disable.
 */
disable: number
/**
 * Faces to replace.
 */
replace: number
/**
 * Faces to delete.
 */
delete: number
/**
 * Entries and faces without a change.
 */
noop: number
/**
 * Faces that wait for the user or the vendor.
 */
waiting: number
/**
 * Faces that somebody must look at.
 */
attention: number
/**
 * Faces that somebody must look at since they answer an entry a second time; since 1.1.
 */
duplicate?: number
/**
 * Users that could not be read.
 */
unknown: number
/**
 * Faces that no entry claims.
 */
unmatched: number
/**
 * Activation e-mails that will be sent.
 */
emails: number
/**
 * Users that the tenant does not have yet and that wait to be provisioned; missing if there are none.
 */
missing_users?: number
/**
 * Users that the tenant does not have and that are ignored; missing if there are none.
 */
ignored_users?: number
}
/**
 * The changes, sorted by key; those without an action only with --include-noop.
 */
resource_changes: ChangeJson[]
/**
 * Faces that wait or need attention, where they are not among the changes.
 */
x_standing: ChangeJson[]
/**
 * Users that could not be read.
 * 
 * Items: One user.
 */
x_unknown: {
/**
 * His key.
 */
user: string
/**
 * Why.
 */
reason: {
/**
 * Stable name.
 */
code: ("unauthorized" | "forbidden" | "throttled" | "server-error" | "unreachable" | "timeout" | "not-json" | "wrong-shape" | "repeated-cursor" | "ambiguous" | "vanished" | "refused")
/**
 * The call and what came back.
 */
message: string
}
/**
 * His entries.
 */
places: PlaceJson[]
}[]
/**
 * Entries whose users the tenant does not have, where missingUsers lets them wait or ignores them; missing where there are none.
 * 
 * Items: One entry.
 */
x_missing?: {
/**
 * Key of the user.
 */
user: string
/**
 * Key of the entry.
 */
index: string
/**
 * wait: the user is waiting to be provisioned; ignore: the user is only counted.
 */
missing_users: ("wait" | "ignore")
place: PlaceJson
}[]
/**
 * Faces that no entry claims and that stay.
 * 
 * Items: One face.
 */
x_unmatched: {
/**
 * As in a change.
 */
address: string
/**
 * Its key.
 */
index: string
x_user: UserJson
face: FaceJson
}[]
/**
 * What the plan asks of each budget.
 * 
 * Items: One budget.
 */
x_budgets: {
/**
 * Which.
 */
budget: ("delete" | "disable" | "shorten" | "email" | "update")
/**
 * How much of it.
 */
used: number
/**
 * At most.
 */
allowed: number
/**
 * As the file has it.
 */
limit: string
}[]
/**
 * The owners whose files the plan is about, and what it asks of their budgets. Missing where no file has an owner.
 */
x_owners?: OwnerJson[]
/**
 * Changes that a protection forbids.
 * 
 * Items: One change.
 */
x_protected: {
/**
 * Its key.
 */
key: string
/**
 * What is forbidden.
 */
action: ("shorten" | "disable" | "replace" | "delete")
}[]
/**
 * The --allow-… flags that the plan was made with.
 */
x_acknowledged: {
/**
 * --allow-deletes
 */
delete?: number
/**
 * --allow-disables
 */
disable?: number
/**
 * --allow-shortens
 */
shorten?: number
/**
 * --allow-emails
 */
email?: number
/**
 * --allow-updates
 */
update?: number
}
/**
 * Conditions of --fail-on that held when it was made; missing without that flag.
 * 
 * Items: One condition.
 */
x_conditions?: {
/**
 * Its name.
 */
condition: ("attention" | "missing" | "unmatched" | "waiting" | "duplicate" | "refused" | "drift")
/**
 * How often it held.
 */
count: number
}[]
/**
 * How fast to apply, where the files or flags say so.
 */
x_pace: {
/**
 * Requests in flight.
 */
concurrency?: number
/**
 * Requests started a second.
 */
requestsPerSecond?: number
}
/**
 * Which of the tenant's creates apply uses; v2 where it is missing.
 */
x_create_api?: ("v1" | "v2")
/**
 * What was found about the input.
 */
diagnostics: DiagnosticJson[]
/**
 * SHA-256 over the canonical form of resource_changes alone: two plans with the same one change the same, whatever commit they were made from, and when.
 */
x_changes_digest?: string
/**
 * SHA-256 over the canonical form of everything but timestamp, x_signature and itself.
 */
x_digest: string
/**
 * With --sign: an Ed25519 signature, in base64, over the canonical form of everything but itself, timestamp included.
 */
x_signature?: string
}
/**
 * The environment of the files that the plan is for. Missing where the files have none.
 */
export interface EnvironmentJson {
/**
 * Its name.
 */
name: string
credentials?: CredentialNamesJson
}
/**
 * Names of the variables that hold its credentials, where the files name them.
 */
export interface CredentialNamesJson {
/**
 * The application id.
 */
applicationId?: string
/**
 * The shared secret.
 */
sharedSecret?: string
/**
 * The path of the credentials file.
 */
file?: string
}
/**
 * One change, in the shape of Terraform's resource_changes, with members of our own beginning with x_.
 */
export interface ChangeJson {
/**
 * idaas_face.enrollment["KEY"]
 */
address: string
/**
 * As in Terraform.
 */
mode: "managed"
/**
 * As in Terraform.
 */
type: "idaas_face"
/**
 * As in Terraform.
 */
name: "enrollment"
/**
 * The key: USER/FLOW, with /LABEL where there is one, or LOGIN/SERIALNUMBER of a face that no present entry claims.
 */
index: string
/**
 * As in Terraform.
 */
provider_name: "idaas"
/**
 * Why.
 */
action_reason: ("create_because_missing" | "update_because_expiry_differs" | "update_because_disabled" | "update_because_expired" | "update_because_reverted" | "disable_because_not_enabled" | "disable_because_unmatched" | "disable_because_not_in_configuration" | "disable_because_reverted" | "replace_because_cannot_update" | "replace_because_failed" | "replace_because_expired" | "replace_by_request" | "delete_because_absent" | "delete_because_unmatched" | "delete_because_not_in_configuration" | "delete_because_reverted" | "no_op_because_converged" | "no_op_because_waiting" | "no_op_because_failed" | "no_op_because_expired" | "no_op_because_duplicate" | "no_op_because_not_enabled" | "no_op_because_already_absent")
/**
 * What becomes of the face.
 */
change: {
/**
 * What Terraform would do.
 * 
 * Items: One step.
 */
actions: ("create" | "update" | "delete" | "no-op")[]
/**
 * The face as it is; null where there is none.
 */
before: (FaceJson | null)
/**
 * The face as it will be; null where it goes.
 */
after: (AfterJson | null)
/**
 * Members that are known only after apply.
 */
after_unknown: {
[k: string]: true
}
/**
 * Sensitive members before.
 */
before_sensitive: {
[k: string]: true
}
/**
 * Sensitive members after.
 */
after_sensitive: {
[k: string]: true
}
}
/**
 * What happens.
 */
x_action: ("create" | "update" | "disable" | "replace" | "delete" | "no-op")
x_source?: PlaceJson
/**
 * Owner of the part of the files that the change belongs to; missing where that has none.
 */
x_owner?: string
/**
 * SHA-256 over the user's live faces; the change is left out if they are others by then.
 */
x_precondition: string
x_user: UserJson
/**
 * How many faces the user has, and may have.
 */
x_faces: {
/**
 * Now.
 */
in_use: number
/**
 * At most.
 */
allowed: number
}
/**
 * The entry's annotations.
 */
x_annotations: {
[k: string]: string
}
/**
 * What a face waits for, or that somebody must look.
 */
x_status?: {
/**
 * Which of them.
 */
state: ("waiting" | "attention")
/**
 * Since when.
 */
since?: string
}
/**
 * Of a face that no entry claims, though it answers one a second time: that entry; since 1.1.
 */
x_duplicate_of?: {
/**
 * Key of the entry.
 */
index: string
face: FaceJson
}
/**
 * Of an update that ends access earlier, or sets an expiry where there was none; since 1.1.
 */
x_shortens?: {
/**
 * Expiry before; null where there was none.
 */
from: (string | null)
/**
 * Expiry after.
 */
to: string
/**
 * How much earlier; null where there was no expiry.
 */
by_seconds: (number | null)
/**
 * Whether the new expiry is nearer than shortenHorizon, so that the budget counts it and protect forbids it.
 */
within_horizon: boolean
}
x_expiry?: ExpiryRuleJson
/**
 * The tenant's policy for a face that is created, where it decides the expiry and the plan asked for it.
 */
x_policy?: {
/**
 * Days until a new face expires.
 */
lifetime_days: number
}
x_pending_expiry?: ExpiryRuleJson
/**
 * Of a replace.
 */
x_order?: ("delete-first" | "create-first")
/**
 * Where a secret is read from when it is sent.
 */
x_sources?: {
/**
 * Of the token flow.
 */
token: {
/**
 * Name of the variable: FACE_TOKEN_…, or one that FACEFORM_TOKEN_VARIABLES allows.
 */
env?: string
/**
 * Path of the file, relative to the working directory. Must be below it, and below the directory of the file in x_source.
 */
file?: string
}
}
}
/**
 * A live Face Biometric.
 */
export interface FaceJson {
/**
 * Its id.
 */
id: string
/**
 * Its serial number.
 */
serialNumber?: string
/**
 * As the tenant spells it.
 */
status: string
/**
 * When it expires.
 */
expiry?: string
/**
 * At Onfido.
 */
applicantId?: string
/**
 * When it was created.
 */
created?: string
/**
 * Whether it is registered on a phone.
 */
mobile?: boolean
/**
 * Of that phone.
 */
platform?: string
}
/**
 * The face as it will be. Members known only after apply are in after_unknown, sensitive ones are null.
 */
export interface AfterJson {
/**
 * How a new face comes about.
 */
flow?: ("mobile" | "web" | "token")
/**
 * Its id.
 */
id?: string
/**
 * Its serial number.
 */
serialNumber?: string
/**
 * As the tenant spells it.
 */
status?: string
/**
 * When it expires.
 */
expiry?: string
/**
 * At Onfido.
 */
applicantId?: string
/**
 * At Onfido.
 */
workflowRunId?: string
/**
 * Of the token flow.
 */
customerUserId?: string
/**
 * Never shown; x_sources says where it is read from.
 */
token?: null
/**
 * How the user is told.
 */
activation?: {
/**
 * By e-mail.
 */
email: boolean
/**
 * By a QR code.
 */
qrCode: boolean
}
/**
 * When it was created.
 */
created?: string
/**
 * Whether it is registered on a phone.
 */
mobile?: boolean
/**
 * Of that phone.
 */
platform?: string
}
/**
 * Where the entry stands.
 */
export interface PlaceJson {
/**
 * As the command line or the directory gave it.
 */
file: string
/**
 * From 1.
 */
line: number
/**
 * From 1, in UTF-16 units.
 */
column: number
}
/**
 * A user of the tenant.
 */
export interface UserJson {
/**
 * His login.
 */
login: string
/**
 * His id in the tenant.
 */
uuid: string
}
/**
 * When a face expires: by the tenant's policy, which policy brings back, at an instant, or so long after its creation.
 */
export interface ExpiryRuleJson {
/**
 * Which of them.
 */
rule: ("tenant" | "policy" | "at" | "lifetime")
/**
 * With rule at.
 */
instant?: string
/**
 * With rule lifetime.
 */
seconds?: number
}
/**
 * One owner.
 */
export interface OwnerJson {
/**
 * Its name.
 */
name: string
place: PlaceJson
/**
 * What its part of the plan asks of each of its budgets.
 * 
 * Items: One budget.
 */
budgets: {
/**
 * Which.
 */
budget: ("delete" | "disable" | "shorten" | "email" | "update")
/**
 * How much of it.
 */
used: number
/**
 * At most.
 */
allowed: number
/**
 * As the file has it.
 */
limit: string
}[]
}
/**
 * A message about the input, in the shape of terraform validate -json.
 */
export interface DiagnosticJson {
/**
 * An error stops every write.
 */
severity: ("error" | "warning")
/**
 * Stable name of the problem.
 */
code: ("ABSENT_AND_PRESENT" | "ABSENT_FACE_KEPT" | "ABSENT_WITH_MEMBERS" | "AMBIGUOUS_ENTRIES" | "BAD_IGNORE_FILE" | "BUG" | "CANNOT_BE_ADOPTED" | "CANNOT_BE_EDITED" | "CANNOT_BE_REVERTED" | "CHANGED_SINCE" | "CHECK_FAILED" | "COMMAND_FAILED" | "CREDENTIALS_REFUSED" | "CREDENTIAL_VARIABLE_NOT_ALLOWED" | "CSV_COLUMN" | "CSV_FORMULA" | "CSV_ROW" | "CSV_SPLIT" | "CSV_SYNTAX" | "DELETED_ENTRIES_UNKNOWN" | "DUPLICATE_ENROLLMENT" | "DUPLICATE_KEY" | "DUPLICATE_ROW" | "EMPTY_FILE" | "ENDS_SOON" | "ENVIRONMENT_LEFT_OUT" | "ENVIRONMENT_NOT_CHOSEN" | "EXPIRY_AND_LIFETIME" | "EXPIRY_IN_PAST" | "FACE_FILTER" | "FACE_LEFT_OUT" | "FILES_IGNORED" | "FILE_TOO_LARGE" | "HEAD_ABOVE" | "HEAD_NOT_READ" | "HEAD_TWICE" | "INCOMPLETE" | "LOCAL_FAILURE" | "MEMBER_OF_OTHER_FLOW" | "MEMBER_OF_OTHER_SCOPE" | "MISSING_MEMBER" | "MORE_DIAGNOSTICS" | "NOBODY_TOLD" | "NOTHING_TO_ACTIVATE" | "NOT_BASE64" | "NOT_ENROLLMENTS" | "NOT_UTF8" | "NO_CREDENTIALS" | "NO_FILES" | "NO_LONGER_MANAGED" | "NO_TENANT" | "OTHER_FLOW_ACTIVE" | "OUTCOME_UNCERTAIN" | "PARTLY_REVERTED" | "PINNED_FACE_GONE" | "QR_CODE_WITHOUT_DIRECTORY" | "QR_CODE_WITHOUT_V2" | "REFUSED" | "REPLACE_WITHHELD" | "SAME_APPLICANT" | "SAME_SERIAL_NUMBER" | "SAVED_PLAN" | "SCOPE_NOT_READ" | "SETTINGS_NOT_READ" | "SEVERAL_DOCUMENTS" | "SHARD_OVER_BUDGET" | "TENANT_CONFLICT" | "TENANT_REFUSED" | "TENANT_UNREACHABLE" | "TOKEN_FILE_OUTSIDE" | "TOKEN_FILE_UNUSABLE" | "TOKEN_VARIABLE_NOT_ALLOWED" | "TOO_DEEP" | "TOO_MANY_ALIASES" | "TOO_MANY_FACES" | "TWO_OWNERS" | "UNKNOWN_ENVIRONMENT" | "UNKNOWN_MEMBER" | "UNKNOWN_NAME" | "UNKNOWN_STATUS" | "UNREADABLE_FILE" | "UNSIGNED_PLAN" | "UNSET_ENV" | "USAGE" | "USER_NOT_FOUND" | "USER_NOT_NAMED_ONCE" | "USER_NOT_READ" | "USER_OUTSIDE_SCOPE" | "WAITING_SINCE_UNKNOWN" | "WRONG_TYPE" | "WRONG_VALUE" | "YAML_SYNTAX")
/**
 * What was found.
 */
summary: string
/**
 * What to do.
 */
detail: string
/**
 * Where.
 */
range?: {
/**
 * The file.
 */
filename: string
start: PositionJson
end: PositionJson
}
/**
 * The lines it speaks of.
 */
snippet?: {
/**
 * The enclosing entry.
 */
context: (string | null)
/**
 * The lines.
 */
code: string
/**
 * From 1.
 */
start_line: number
/**
 * Into code.
 */
highlight_start_offset: number
/**
 * Into code.
 */
highlight_end_offset: number
/**
 * Always empty.
 * 
 * @maxItems 0
 */
values: []
}
}
/**
 * A point in a file.
 */
export interface PositionJson {
/**
 * From 1.
 */
line: number
/**
 * From 1.
 */
column: number
/**
 * From 0.
 */
byte: number
}
