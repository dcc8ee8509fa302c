import { ObjectRef } from './common';

/**
 * How bad a finding is.
 *
 * @public
 */
export type FindingLevel = 'error' | 'warning' | 'info';

/**
 * One problem that a check found in the configuration.
 *
 * @public
 */
export interface Finding {
  /** The rule's upstream code where one exists (`IST0101`), else ours (`MESH-…`). */
  code: string;
  /** Codes of other analyzers for the same rule. */
  aliases: string[];
  level: FindingLevel;
  title: string;
  /** What is wrong here, naming the objects. */
  message: string;
  object: ObjectRef;
  /** Path in the object. */
  field?: string;
  /** Page that explains the check. */
  docs: string;
}

/**
 * A finding that is not reported, and why.
 *
 * @public
 */
export interface SuppressedFinding {
  finding: Finding;
  /** What says so, for people. */
  reason: string;
}

/**
 * GET /entities/:kind/:namespace/:name/findings: those about the entity's workloads, Services and what decides for them.
 *
 * @public
 */
export interface FindingsAnswer {
  entityRef: string;
  findings: Finding[];
  /** Those that are not reported, since somebody has said so. */
  suppressed: SuppressedFinding[];
  /** Checks that did not run, since an input could not be read. */
  skipped: {
    code: string;
    cluster: string;
    message: string;
  }[];
}

/**
 * GET /entities/:kind/:namespace/:name/object: an object that an answer about the entity names.
 *
 * @public
 */
export interface ObjectAnswer {
  object: ObjectRef;
  /** As the cluster gave it; of kinds that are not mesh configuration only the fields that rules read. */
  content: Record<string, unknown>;
  complete: boolean;
  dashboardUrl?: string;
}
