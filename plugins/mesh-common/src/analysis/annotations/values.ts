import ipaddr from 'ipaddr.js';
import { parseDocument, isMap } from 'yaml';

/** What is wrong with the value of an annotation; undefined where nothing is. */
type Validate = (value: string) => string | undefined;

const wholeNumber: Validate = value =>
  /^\d+$/.test(value) && Number(value) <= 0xffffffff
    ? undefined
    : 'is to be a whole number';

const boolean: Validate = value =>
  /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)
    ? undefined
    : 'is to be true or false';

const quantity: Validate = value =>
  /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(
    value,
  )
    ? undefined
    : 'is to be a quantity, such as 100m or 128Mi';

const port: Validate = value =>
  /^\s*\d+\s*$/.test(value) && Number(value) <= 65535
    ? undefined
    : `has ${JSON.stringify(value)}, which is no port`;

const ports: Validate = value =>
  value.trim() === '' ? undefined : firstOf(value.split(','), port);

const ranges: Validate = value =>
  value === ''
    ? undefined
    : firstOf(value.split(','), range =>
        ipaddr.isValidCIDR(range)
          ? undefined
          : `has ${JSON.stringify(range)}, which is no CIDR range`,
      );

const interfaces: Validate = value =>
  value === ''
    ? undefined
    : firstOf(value.split(','), name =>
        /^[a-zA-Z][\w.-]{0,14}$/.test(name.trim())
          ? undefined
          : `has ${JSON.stringify(name)}, which is no network interface`,
      );

const interceptionMode: Validate = value =>
  ['REDIRECT', 'TPROXY', 'NONE'].includes(value)
    ? undefined
    : 'is to be REDIRECT, TPROXY or NONE';

const proxyConfig: Validate = value => {
  const { errors, contents } = parseDocument(value);
  return errors.length === 0 && (contents === null || isMap(contents))
    ? undefined
    : 'is to be YAML of a ProxyConfig';
};

const all =
  (validate: Validate): Validate =>
  value =>
    value === '*' ? undefined : validate(value);

/** Upstream: pkg/kube/inject/validate.go, `AnnotationValidation`. */
const VALIDATORS: Readonly<Record<string, Validate>> = {
  'sidecar.istio.io/interceptionMode': interceptionMode,
  'status.sidecar.istio.io/port': port,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': wholeNumber,
  'readiness.status.sidecar.istio.io/periodSeconds': wholeNumber,
  'readiness.status.sidecar.istio.io/failureThreshold': wholeNumber,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': all(ranges),
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': ranges,
  'traffic.sidecar.istio.io/includeInboundPorts': all(ports),
  'traffic.sidecar.istio.io/excludeInboundPorts': ports,
  'traffic.sidecar.istio.io/excludeOutboundPorts': ports,
  'traffic.sidecar.istio.io/excludeInterfaces': interfaces,
  'traffic.sidecar.istio.io/kubevirtInterfaces': interfaces,
  'istio.io/reroute-virtual-interfaces': interfaces,
  'prometheus.istio.io/merge-metrics': boolean,
  'proxy.istio.io/config': proxyConfig,
  'sidecar.istio.io/proxyCPU': quantity,
  'sidecar.istio.io/proxyMemory': quantity,
  'sidecar.istio.io/proxyCPULimit': quantity,
  'sidecar.istio.io/proxyMemoryLimit': quantity,
};

/** What is wrong with the value that an annotation of Istio has. */
export function problemOfValue(
  name: string,
  value: string,
): string | undefined {
  return Object.hasOwn(VALIDATORS, name) ? VALIDATORS[name](value) : undefined;
}

function firstOf(values: string[], validate: Validate): string | undefined {
  return values.map(validate).find(problem => problem !== undefined);
}
