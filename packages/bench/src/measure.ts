import { FleetMeshName } from 'mesh-fleet';
import { MeasurementName } from './lines';

/** Where the fleets of each size are. */
export interface Folders {
  M: string;
  L: string;
}

/** A measurement: the values by the names of their lines. */
export type Measure = (
  folders: Folders,
) => Record<string, number> | Promise<Record<string, number>>;

/** What a measurement needs of the process that it is made in. */
export interface Needs {
  /** The heap that V8 may take, in megabytes: it collects more eagerly where there is little. */
  heapMb: number;
  /** Whose fleets it measures. */
  mesh: FleetMeshName;
}

export const NEEDS: Readonly<Record<MeasurementName, Needs>> = {
  analysis: { heapMb: 4_096, mesh: 'istio' },
  linkerdAnalysis: { heapMb: 4_096, mesh: 'linkerd' },
  // What does not fit breaks, and is no measurement.
  memory: { heapMb: 700, mesh: 'istio' },
  linkerdMemory: { heapMb: 700, mesh: 'linkerd' },
  loop: { heapMb: 4_096, mesh: 'istio' },
  linkerdLoop: { heapMb: 4_096, mesh: 'linkerd' },
  cliStart: { heapMb: 1_024, mesh: 'istio' },
  cliAnalyze: { heapMb: 1_024, mesh: 'istio' },
  linkerdCliAnalyze: { heapMb: 1_024, mesh: 'linkerd' },
};
