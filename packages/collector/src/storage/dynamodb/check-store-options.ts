/** What the options of the store and of its tables must be: no unknown key passes. */
import * as v from 'valibot';
import {
  assertValid,
  callable,
  filledText,
  isObject,
  oneOfNumbers,
  strictObject,
  that,
} from '../../validation/closed.js';
import { LAYOUTS } from './layouts.js';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** What they are stays out of the message: they are secret. */
const credentials = v.custom<unknown>(
  (value) =>
    typeof value === 'function' ||
    (isObject(value) && isText(value.accessKeyId) && isText(value.secretAccessKey)),
  'must be {accessKeyId, secretAccessKey}, or a function that resolves to them',
);

const client = v.custom<unknown>(
  (value) => isObject(value) && typeof value.send === 'function' && isObject(value.config),
  'must be a DynamoDBDocumentClient or a DynamoDBClient of the AWS SDK',
);
const driver = v.custom<unknown>(
  (value) => isObject(value) && typeof value.send === 'function' && typeof value.close === 'function',
  'must be a driver, as lean()',
);

const CONNECTION = {
  client: v.optional(client),
  driver: v.optional(driver),
  region: v.optional(filledText),
  endpoint: v.optional(that<string>(isText, 'must be a URL as http://localhost:8000')),
  credentials: v.optional(credentials),
  middleware: v.optional(callable),
  eventsTable: v.optional(filledText),
  rollupsTable: v.optional(filledText),
  // Of a database that `startDynalite()` has started: it can be given as it is.
  close: v.optional(callable),
};
const hidden = ({ close: _, ...entries }: typeof CONNECTION): string[] => Object.keys(entries);

const TablesSchema = strictObject(CONNECTION, 'the options of the tables', hidden(CONNECTION));
const StoreSchema = strictObject(
  { ...CONNECTION, onDelayedWrite: v.optional(callable), layout: v.optional(oneOfNumbers(LAYOUTS)) },
  'the options of the store',
  [...hidden(CONNECTION), 'onDelayedWrite', 'layout'],
);

/** @throws OptionsError that names all that is wrong */
export function checkStoreOptions(options: object): void {
  assertValid(StoreSchema, options, 'dynamoStore');
}

/** @throws OptionsError that names all that is wrong */
export function checkTablesOptions(options: object, caller: 'createTables' | 'checkTables'): void {
  assertValid(TablesSchema, options, caller);
}
