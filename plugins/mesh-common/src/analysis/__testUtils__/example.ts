import { SnapshotOrigin } from '../../snapshot/readState';

/** Objects, and what the check of one code finds in them. */
export interface Example {
  about: string;
  /** Beside the mesh settings of Istio, unless it has its own. */
  yaml: string;
  /** As `Kind name field`. */
  finds: readonly string[];
  /** Of what each message must speak. */
  says?: string;
  origin?: SnapshotOrigin;
  /** Another cluster of the mesh, called west. */
  peer?: string;
}
