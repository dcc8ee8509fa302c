import { Cause, Reason } from '../../contract/common';
import {
  WalkOutcome,
  WalkRequest,
  WalkStep,
  WalkStepName,
} from '../../contract/walk';
import { lowerCase } from './headers';

/** What comes of something that was looked at. */
export interface Ending {
  outcome: WalkOutcome;
  /** Why it is unknown. */
  cause?: Cause;
  status?: number | null;
  flag?: string;
}

export function step(
  name: WalkStepName,
  result: WalkStep['result'],
  text: string,
  reasons: readonly Reason[],
): WalkStep {
  return { step: name, result, text, reasons: [...reasons] };
}

/** The Host header as the client writes it: with the port, but for that of the scheme. */
export function hostHeader({
  host,
  port,
  headers,
  protocol,
}: WalkRequest): string {
  const written = lowerCase(headers).host;
  const isDefault = port === (protocol === 'tls' ? 443 : 80);
  return written ?? (isDefault ? host : `${host}:${port}`);
}
