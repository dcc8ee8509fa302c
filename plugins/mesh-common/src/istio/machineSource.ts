import { MachineSource } from '../mesh/MachineSource';
import { ISTIO_MACHINE_TEMPLATES } from './machineKinds';
import { groupController } from './machines';
import { machinesOfEntries } from './machinesOfEntries';

/** The machines that Istio knows by WorkloadEntries and WorkloadGroups. */
export const istioMachines: MachineSource<
  (typeof ISTIO_MACHINE_TEMPLATES)[number]
> = {
  machines: machinesOfEntries,
  controllersOf: objects =>
    ISTIO_MACHINE_TEMPLATES.flatMap(kindId =>
      objects(kindId).map(groupController),
    ),
};
