/** DynamoDB's JSON, written and read as it travels: the SDK's own marshalling costs several times as much. */

/** One attribute's value as it travels; `B` is base64. */
export interface Attribute {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
}
export type Item = Record<string, Attribute>;

/** An item on its way out: names, and each one's value as JSON text. */
export interface EncodedItem {
  names: string[];
  values: string[];
  /** As DynamoDB charges it. */
  bytes: number;
}

export const emptyItem = (): EncodedItem => ({ names: [], values: [], bytes: 0 });

/** How much of an item there is. */
export interface Snapshot {
  attributes: number;
  bytes: number;
}

export const snapshot = ({ names, bytes }: EncodedItem): Snapshot => ({ attributes: names.length, bytes });

/** Takes away what was added since. */
export function truncate(item: EncodedItem, { attributes, bytes }: Snapshot): void {
  item.names.length = attributes;
  item.values.length = attributes;
  item.bytes = bytes;
}

/** Text that is in JSON as it is, a byte a character: to see that takes half as long as to escape and count. */
const PLAIN = /^[ !#-[\]-~]*$/;

export function addText(item: EncodedItem, name: string, value: string | undefined): void {
  if (value === undefined) return;
  if (PLAIN.test(value)) add(item, name, `{"S":"${value}"}`, value.length);
  else add(item, name, `{"S":${JSON.stringify(value)}}`, Buffer.byteLength(value));
}

/** Beyond what a double holds exactly the value is cut: DynamoDB refuses numbers from 1e126 on. */
export function addNumber(item: EncodedItem, name: string, value: number | undefined): void {
  if (value === undefined) return;
  const most = Number.MAX_SAFE_INTEGER;
  const digits = String(Math.min(most, Math.max(-most, value)));
  add(item, name, `{"N":"${digits}"}`, Math.ceil(digits.length / 2) + 1);
}

export function addFlag(item: EncodedItem, name: string, value: true | undefined): void {
  if (value) add(item, name, '{"BOOL":true}', 1);
}

export function addBytes(item: EncodedItem, name: string, value: Buffer): void {
  add(item, name, `{"B":"${value.toString('base64')}"}`, value.length);
}

/** One that was read, as it is. */
export function addAttribute(item: EncodedItem, name: string, attribute: Attribute): void {
  const json = JSON.stringify(attribute);
  add(item, name, json, json.length);
}

function add(item: EncodedItem, name: string, json: string, bytes: number): void {
  item.names.push(name);
  item.values.push(json);
  item.bytes += name.length + bytes;
}

/** The item as a JSON object. */
export function toJson({ names, values }: EncodedItem): string {
  return `{${names.map((name, at) => `"${name}":${values[at]}`).join(',')}}`;
}
