/** Whether what a client has is what it would get. */

/** Weak comparison, as RFC 9110 §13.1.2 wants for If-None-Match: proxies weaken ETags when they compress. */
export function isCurrent(ifNoneMatch: string | undefined, ...etags: string[]): boolean {
  const current = etags.map(bare);
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || current.includes(bare(tag)));
}

const bare = (etag: string): string => etag.trim().replace(/^W\//, '');
