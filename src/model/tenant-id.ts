/** Whom a plan is for. The embedded tenant is the file of its state, since its port is another each time. */
export type TenantId =
  /** Such as `https://acme.us.trustedauth.com`. */
  { readonly kind: 'origin'; readonly origin: string } | { readonly kind: 'embedded'; readonly file: string };

const embedded = 'sandbox:';

/** As plans and reports have it in JSON: the origin, or `sandbox:FILE`. */
export function tenantText(id: TenantId): string {
  return id.kind === 'origin' ? id.origin : `${embedded}${id.file}`;
}

/** Reads what `tenantText` has written. */
export function parseTenantId(text: string): TenantId {
  if (text.startsWith(embedded)) return { kind: 'embedded', file: text.slice(embedded.length) };
  return { kind: 'origin', origin: text };
}
