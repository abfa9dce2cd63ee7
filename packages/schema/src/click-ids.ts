/** Parameters that advertisers and networks add to the addresses they link to. */
export const CLICK_IDS = [
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'msclkid',
  'yclid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'rdt_cid',
  'ScCid',
  'fbclid',
] as const;
export type ClickId = (typeof CLICK_IDS)[number];
