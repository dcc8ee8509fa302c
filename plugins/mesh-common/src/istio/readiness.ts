import { MeshReadiness } from '../mesh/MeshReadiness';
import { callerRestriction } from './callerRestriction';
import { authorityNamespaceOf } from './control-plane/authority';
import { certificatesOf } from './control-plane/certificates';
import { istiods } from './controlPlane';

export const readiness: MeshReadiness = {
  limitsConnections: true,
  controlPlane: istiods,
  certificates: snapshot =>
    certificatesOf({ snapshot, mesh: 'istio' }, authorityNamespaceOf(snapshot)),
  callers: callerRestriction,
};
