import { ClusterState, Reason } from './common';

/**
 * The longest reason that is taken.
 *
 * @public
 */
export const MAX_CHECKLIST_REASON = 2000;

/**
 * From best to worst, as counts are shown.
 *
 * @public
 */
export type ChecklistState =
  | 'pass'
  | 'fail'
  | 'attested'
  | 'waived'
  | 'unknown'
  | 'not-applicable';

/**
 * not-assessed: no rule measures it, and nobody has attested it.
 *
 * @public
 */
export type ChecklistCause =
  | 'absent'
  | 'forbidden'
  | 'unreachable'
  | 'stale'
  | 'malformed'
  | 'not-measured'
  | 'not-modelled'
  | 'not-assessed';

/**
 * measured: by rules alone. attested: by a person alone. both: by rules, or where they do not find it, by a person.
 *
 * @public
 */
export type ChecklistDecision = 'measured' | 'attested' | 'both';

/**
 * What somebody can say about an item.
 *
 * @public
 */
export type ChecklistRecordKind = 'attestation' | 'waiver';

/**
 * What somebody said about an item of an entity. Records are never changed but by their revocation, and never deleted.
 *
 * @public
 */
export interface ChecklistRecord {
  id: string;
  /** The id of the item. */
  item: string;
  kind: ChecklistRecordKind;
  /** Plain text. */
  reason: string;
  /** Where the proof is; http or https. */
  link?: string;
  /** The last day (UTC) on which it counts, as YYYY-MM-DD. */
  expires: string;
  /** RFC 3339. */
  createdAt: string;
  /** The entity of the user. */
  createdBy: string;
  revoked?: {
    at: string;
    by: string;
    reason: string;
  };
}

/**
 * An item of the checklist, and what was decided about it.
 *
 * @public
 */
export interface ChecklistItemResult {
  id: string;
  title: string;
  decidedBy: ChecklistDecision;
  /** What exactly is looked at, in a sentence. */
  looksAt: string;
  state: ChecklistState;
  /** Given with the state `unknown`. */
  cause?: ChecklistCause;
  /** One sentence for people. */
  evidence: string;
  reasons: Reason[];
  /** What rules found, where a record decides instead. */
  measured?: ChecklistState;
  /** The newest attestation and waiver, in force or not: the state says which of them decides. */
  attestation?: ChecklistRecord;
  waiver?: ChecklistRecord;
  /** Said where a record would decide, had it not expired. */
  expired?: string;
}

/**
 * How many items have each state.
 *
 * @public
 */
export interface ChecklistCounts {
  pass: number;
  fail: number;
  attested: number;
  waived: number;
  unknown: number;
  'not-applicable': number;
}

/**
 * A section of the checklist with its items.
 *
 * @public
 */
export interface ChecklistSectionResult {
  id: string;
  title: string;
  counts: ChecklistCounts;
  items: ChecklistItemResult[];
}

/**
 * The body of what is attested or waived. That the day is not over is checked when it is written.
 *
 * @public
 */
export interface ChecklistRecordBody {
  reason: string;
  link?: string;
  expires: string;
}

/**
 * What takes a record back.
 *
 * @public
 */
export interface RevocationBody {
  reason: string;
}

/**
 * GET /entities/:kind/:namespace/:name/readiness
 *
 * @public
 */
export interface ReadinessAnswer {
  entityRef: string;
  clusters: ClusterState[];
  clusterListProblem?: string;
  counts: ChecklistCounts;
  sections: ChecklistSectionResult[];
  /** All records of the entity, the newest first. */
  history: ChecklistRecord[];
  /** What this caller may do for this entity. */
  may: {
    attest: boolean;
    waive: boolean;
  };
}

/**
 * GET /fleet/readiness: the entities that the reader may see in the catalog and that have workloads.
 *
 * @public
 */
export interface FleetReadinessAnswer {
  clusters: ClusterState[];
  clusterListProblem?: string;
  sections: {
    id: string;
    title: string;
  }[];
  entities: {
    entityRef: string;
    title?: string;
    owner?: string;
    system?: string;
    counts: ChecklistCounts;
    /** In the order of the sections. */
    sections: ChecklistCounts[];
  }[];
}
