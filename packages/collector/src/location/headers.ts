/** Where a request came from, as headers of the platform in front say. */
import type { CollectorRequest } from '../http/request.js';
import type { CommonOptions, KnownLocation, LocationPlatform } from '../options.js';

type LocationOptions = Pick<
  CommonOptions,
  'countryHeader' | 'regionHeader' | 'cityHeader' | 'locationHeaders'
>;
type Names = Pick<LocationOptions, 'countryHeader' | 'regionHeader' | 'cityHeader'>;

/** As their documentation names them. Regions by name where there is one, for a code is one of many countries. */
const OF_PLATFORMS: Record<LocationPlatform, Required<Names>> = {
  cloudfront: {
    countryHeader: 'cloudfront-viewer-country',
    regionHeader: 'cloudfront-viewer-country-region-name',
    cityHeader: 'cloudfront-viewer-city',
  },
  cloudflare: { countryHeader: 'cf-ipcountry', regionHeader: 'cf-region', cityHeader: 'cf-ipcity' },
  vercel: {
    countryHeader: 'x-vercel-ip-country',
    regionHeader: 'x-vercel-ip-country-region',
    cityHeader: 'x-vercel-ip-city',
  },
};

/** Reads only headers that the options name: what others say, a client may have written. */
export function readLocationHeaders(
  request: Pick<CollectorRequest, 'header'>,
  options: LocationOptions,
): KnownLocation {
  const names: Names = options.locationHeaders ? OF_PLATFORMS[options.locationHeaders] : {};
  const read = (name: keyof Names) => {
    const header = options[name] ?? names[name];
    return header && decode(request.header(header));
  };
  return { country: read('countryHeader'), region: read('regionHeader'), city: read('cityHeader') };
}

/** CloudFront and Vercel percent-encode what is not ASCII; Cloudflare sends UTF-8, which Node reads as Latin-1. */
function decode(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.includes('%')) return attempt(() => decodeURIComponent(value)) ?? value;
  if (!isLatin1(value)) return value;
  return attempt(() => UTF8.decode(Buffer.from(value, 'latin1'))) ?? value;
}

/** Whether it has characters beyond ASCII, all of one byte. */
function isLatin1(value: string): boolean {
  const bytes = Buffer.from(value, 'latin1');
  return bytes.some((byte) => byte > 127) && bytes.toString('latin1') === value;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function attempt(run: () => string): string | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
