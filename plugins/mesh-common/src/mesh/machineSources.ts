import { istioMachines } from '../istio/machineSource';

/** The meshes that know machines outside Kubernetes. */
export const MACHINE_SOURCES = [istioMachines] as const;
