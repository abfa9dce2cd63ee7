/** The page of a URL: its path, with the hash where that is a route; never the query, which may tell secrets. */
export function pageOf(url: string | undefined): string {
  const parsed = url ? parse(url, 'http://page.invalid') : undefined;
  if (!parsed) return '';
  const route = /^#[/!]/.test(parsed.hash) ? (parsed.hash.split('?')[0] ?? '') : '';
  return parsed.pathname + route;
}

/** The host of a URL in lower case and without `www.`, or undefined. */
export function hostOf(url: string | undefined): string | undefined {
  const host = url ? parse(url)?.hostname : undefined;
  return host ? host.replace(/^www\./, '') : undefined;
}

function parse(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
