import {
  parseFailureAccrual,
  parseLoadBias,
} from '../../linkerd/failureAccrual';
import { parsePortList } from '../../linkerd/ports';
import {
  Annotations,
  ParsedSettings,
  parseRetry,
  parseTimeouts,
} from '../../linkerd/trafficAnnotations';
import { defineCheck } from '../check';

const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

export const serviceAnnotationInvalid = defineCheck({
  code: 'MESH-L0401',
  level: 'error',
  title: 'An annotation of a Service is invalid',
  explanation:
    'An invalid annotation voids the whole group that it belongs to (retries, timeouts, circuit breaking, load biasing, opaque ports). Nothing checks Services when they are written, and the controller says so only in its log.',
  upstream: 'policy-controller/k8s/index/src/outbound/index.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'Service',
  needs: [],
  *run({ metadata }) {
    const { annotations } = metadata;
    const groups: [string, ParsedSettings<unknown>][] = [
      ['there is no circuit breaking', parseFailureAccrual(annotations)],
      ['failures are not penalized', parseLoadBias(annotations)],
      ['no timeout of the Service has an effect', parseTimeouts(annotations)],
      ['its retries have no effect', parseRetry(annotations, 'http')],
      ['its retries have no effect', parseRetry(annotations, 'grpc')],
      ['no port of it is made opaque', opaquePorts(annotations)],
    ];
    const said = new Set<string>();
    for (const [effect, parsed] of groups) {
      if ('error' in parsed && !said.has(parsed.annotation)) {
        said.add(parsed.annotation);
        yield {
          message: `${parsed.annotation} of Service ${metadata.name} is invalid (${parsed.error}): ${effect}`,
          field: `metadata.annotations.${parsed.annotation}`,
        };
      }
    }
  },
});

function opaquePorts(annotations: Annotations): ParsedSettings<unknown> {
  const text = annotations[OPAQUE_PORTS];
  const invalid = text === undefined ? undefined : parsePortList(text).invalid;
  return invalid === undefined
    ? { settings: undefined }
    : {
        annotation: OPAQUE_PORTS,
        error: `"${invalid}" is no port and no range of ports`,
      };
}
