import { EnrolmentMode } from '../../contract/mtls';
import { Pod } from '../../kubernetes/core';
import { SendingClient } from '../../mesh/MeshAdapter';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { identityOf } from '../identity';

/** Who sends the request, as far as the rest of its way depends on it. */
export interface WalkClient {
  /** For sentences. */
  name: string;
  namespace: string;
  labels: Readonly<Record<string, string>>;
  mode: EnrolmentMode;
  /** The pod that stands for its workload. */
  pod?: Pod;
  /** What its proxy presents. Absent: not known, or it has none. */
  identity?: string;
}

/** The client that a workload is, with the way in which its pods take part. */
export function workloadClient(
  snapshot: MeshSnapshot,
  client: SendingClient,
): WalkClient {
  const {
    pod,
    mode,
    namespace = '',
    labels = {},
    name = 'the client',
  } = client;
  const identity =
    pod && mode !== 'none' ? identityOf(snapshot, pod) : undefined;
  return {
    name,
    namespace,
    labels,
    mode,
    ...(pod && { pod }),
    ...(identity && { identity }),
  };
}
