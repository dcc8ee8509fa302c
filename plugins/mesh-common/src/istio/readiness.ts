import { MeshReadiness } from '../mesh/MeshReadiness';
import { callerRestriction } from './callerRestriction';
import { istiods } from './controlPlane';

export const readiness: MeshReadiness = {
  limitsConnections: true,
  controlPlane: istiods,
  callers: callerRestriction,
};
