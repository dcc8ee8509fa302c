/** A way to write something that was never right, or no longer is, and the right one. */
interface Form {
  kind: string;
  /** The path of the field, without the indexes of lists. */
  field: RegExp;
  right: string;
}

const FORMS: readonly Form[] = [
  {
    kind: 'VirtualService',
    field: /^spec\.http\.retry$/,
    right:
      'Write retries: { attempts: 3, perTryTimeout: 2s, retryOn: "5xx,reset,connect-failure" }, with retryOn as one text; as it is, the default retries apply.',
  },
  {
    kind: 'DestinationRule',
    field: /outlierDetection\.consecutiveGatewayFailures?$/,
    right:
      'Write outlierDetection: { consecutive5xxErrors: 5, consecutiveGatewayErrors: 5, interval: 10s, baseEjectionTime: 30s }.',
  },
  {
    kind: 'DestinationRule',
    field:
      /^spec\.(?:connectionPool|outlierDetection|loadBalancer|tls|portLevelSettings)$/,
    right: 'It belongs into spec.trafficPolicy.',
  },
  {
    kind: 'DestinationRule',
    field:
      /connectionPool\.(?:http1MaxPendingRequests|http2MaxRequests|maxRequestsPerConnection|maxRetries)$/,
    right: 'It belongs into connectionPool.http.',
  },
  {
    kind: 'DestinationRule',
    field: /connectionPool\.(?:maxConnections|connectTimeout)$/,
    right: 'It belongs into connectionPool.tcp.',
  },
  {
    kind: 'VirtualService',
    field: /^spec\.http\.(?:delay|abort)$/,
    right: 'It belongs into fault.',
  },
  {
    kind: 'PeerAuthentication',
    field: /^spec\.mode$/,
    right: 'Write mtls: { mode: STRICT }.',
  },
];

/** How to write what a field was to say, where the mistake is a known one. */
export function rightForm(kind: string, field: string): string | undefined {
  const path = field.replace(/\[\d+\]/g, '');
  return FORMS.find(form => form.kind === kind && form.field.test(path))?.right;
}
