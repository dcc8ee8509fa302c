/**
 * Two simulated clusters, their Kubernetes APIs, their Prometheus and their Jaeger, on loopback.
 *
 * @packageDocumentation
 */
export { run } from './cli';
export { exportOpenMetrics } from './prometheus/openMetrics';
export type { JaegerFault, JaegerFaults } from './jaeger/faults';
export type { PrometheusFault, PrometheusFaults } from './prometheus/faults';
export type { Fault, Faults } from './faults/faults';
export type { RunningCluster } from './runningCluster';
export {
  startSandbox,
  type ClusterName,
  type Sandbox,
  type SandboxOptions,
} from './sandbox';
