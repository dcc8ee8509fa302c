import { KindId } from '../kubernetes/kinds';

/** What stands for one machine. */
export const ISTIO_MACHINES = [
  'networking.istio.io/WorkloadEntry',
] as const satisfies readonly KindId[];

/** What machines that are alike register themselves by. */
export const ISTIO_MACHINE_TEMPLATES = [
  'networking.istio.io/WorkloadGroup',
] as const satisfies readonly KindId[];

/** What may have machines among its endpoints. */
export const ISTIO_MACHINE_ENDPOINTS = [
  'networking.istio.io/ServiceEntry',
] as const satisfies readonly KindId[];
