/** What this process did not take of what was sent. */
import type { RejectionCode } from '@liveinsight/schema';
import { createReasonCounts, type Reason, type ReasonCounts } from './reason-counts.js';

export type RejectionReason = Reason<RejectionCode>;
export type Rejections = ReasonCounts<RejectionCode>;

export const createRejections = (now: () => number): Rejections => createReasonCounts<RejectionCode>(now);
