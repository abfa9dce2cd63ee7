/** What the thread of questions and the one of events may ask of each other. */
import type { RoundResult } from '../collector.js';
import type { CollectorReply } from '../http/request.js';
import type { CommonOptions } from '../options.js';
import type { RoundOptions } from '../rollup/rollup-scheduler.js';
import type { AppendOutcome, NewBatch, Store } from '../storage/event-store.js';
import type { TailReport } from '../tail/tails.js';
import type { SentError } from './sent-error.js';
import type { SentRequest } from './sent-request.js';

export interface SentReply extends Omit<CollectorReply, 'body'> {
  body: string | Uint8Array | undefined;
  /** Whether the body is to be asked for piece by piece. */
  isStream: boolean;
}

/** Calls of the port that write: only one thread does. Arguments and results are data. */
export const WRITES = [
  'putRollup',
  'markDay',
  'clearMark',
  'putColumns',
  'putSegmentPart',
  'deleteSegmentParts',
  'deleteBatches',
  'deleteLinks',
  'putSetting',
  'deleteSetting',
  'dailySalt',
  'deleteSalts',
] as const satisfies readonly (keyof Store)[];

export type WriteName = (typeof WRITES)[number];

/** A function cannot be sent: the shard that it gives. */
export type SentBatch = Omit<NewBatch, 'shardAt'> & { shard: number };

/** Options that are functions, called in the thread of the application. */
export const CALLBACKS = [
  'onRollupError',
  'onOverBudget',
  'onRollupMismatch',
  'onWrongKey',
] as const satisfies readonly (keyof CommonOptions)[];
export type CallbackName = (typeof CALLBACKS)[number];

export const PRINT_LEVELS = ['error', 'warn', 'log'] as const;
export type PrintLevel = (typeof PRINT_LEVELS)[number];

export type QuestionCalls = {
  answer(request: SentRequest): Promise<SentReply>;
  /** The next piece of a reply's body; undefined at its end. */
  nextOfReply(id: number): Promise<Uint8Array | undefined>;
  cancelReply(id: number): void;
  /** The client has closed its connection. */
  abort(id: number): void;
  rollUp(options: RoundOptions | undefined): Promise<RoundResult>;
  /** A site that is not listed has sent events. */
  addSite(id: string): void;
  close(): Promise<void>;
};

export type HostCalls = {
  body(id: number, limitBytes: number): Promise<Uint8Array>;
  nextOfBody(id: number): Promise<Uint8Array | undefined>;
  append(batch: SentBatch): Promise<AppendOutcome>;
  write(name: WriteName, args: unknown[]): Promise<unknown>;
  erased(site: string): void;
  tails(reports: TailReport[]): void;
  /** What would be printed. */
  print(level: PrintLevel, text: string): void;
  notify(name: CallbackName, value: unknown, error: SentError | undefined): void;
};

/** What the thread starts with. */
export interface QuestionSetup {
  folder: string;
  options: CommonOptions;
  /** Those that the application has set. */
  callbacks: CallbackName[];
  unlistedSites: string[];
}
