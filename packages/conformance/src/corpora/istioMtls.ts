import { z } from 'zod';
import { Comparison, corpus } from '../corpus';
import { ambientAttached, ambientConverted } from './istioMtls/ambient';
import { mtlsCase } from './istioMtls/case';
import {
  clientEndpointMtls,
  clientTlsSettings,
  serviceInferredMode,
} from './istioMtls/clientSide';
import { effectiveMode } from './istioMtls/effectiveMode';
import { inboundSimulation } from './istioMtls/inboundSimulation';
import { policySelection } from './istioMtls/policySelection';

type Compare = (entry: z.infer<typeof mtlsCase>) => Comparison;

const KINDS: Readonly<Record<string, Compare>> = {
  'effective-mode': effectiveMode,
  'policy-selection': policySelection,
  'client-endpoint-mtls': clientEndpointMtls,
  'client-tls-settings': clientTlsSettings,
  'service-inferred-mode': serviceInferredMode,
  'inbound-simulation': inboundSimulation,
  'ambient-converted-policy': ambientConverted,
  'ambient-attached-policies': ambientAttached,
};

/** What Istio's own tests say about mutual TLS. */
export const istioMtls = corpus({
  name: 'istio-mtls',
  schema: mtlsCase,
  compare(entry): Comparison {
    return (
      KINDS[entry.kind]?.(entry) ?? {
        skipped: `${entry.kind}: the runner does not ask for it yet`,
      }
    );
  },
});
