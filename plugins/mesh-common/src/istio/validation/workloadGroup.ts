import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { Subject } from './subject';
import { labels, notNegative, port } from './values';

/** What istiod refuses of a WorkloadGroup (istio/istio pkg/config/validation/validation.go: ValidateWorkloadGroup). */
export function* workloadGroup({ spec }: Subject): Problems {
  if (!spec.get('template').exists) {
    yield refused(spec.get('template'), 'template is required');
  }
  for (const problem of labels(spec.get('metadata').get('labels'))) {
    yield { ...problem, message: `invalid labels: ${problem.message}` };
  }
  yield* probe(spec.get('probe'));
}

const SECONDS = [
  'periodSeconds',
  'initialDelaySeconds',
  'timeoutSeconds',
  'successThreshold',
  'failureThreshold',
];

function* probe(field: Field): Problems {
  if (!field.exists) {
    return;
  }
  for (const name of SECONDS) {
    yield* notNegative(field.get(name), name);
  }
  const [http, tcp, exec] = ['httpGet', 'tcpSocket', 'exec'].map(name =>
    field.get(name),
  );
  if (http.exists) {
    yield* httpProbe(http);
  } else if (tcp.exists) {
    yield* port(tcp.get('port'));
  } else if (exec.exists) {
    if (exec.get('command').items.length === 0) {
      yield refused(exec.get('command'), 'exec.command is required');
    }
  } else {
    yield refused(
      field,
      `unknown health check method ${
        field.get('grpc').exists ? 'grpc' : '<nil>'
      }: one of httpGet, tcpSocket, exec is needed`,
    );
  }
}

function* httpProbe(http: Field): Problems {
  yield* port(http.get('port'));
  if (!['', 'HTTP', 'HTTPS'].includes(http.get('scheme').text)) {
    yield refused(
      http.get('scheme'),
      'httpGet.scheme must be one of "HTTPS", "HTTP"',
    );
  }
  for (const header of http.get('httpHeaders').items) {
    const name = header.get('name');
    if (!/^[-A-Za-z0-9]+$/.test(name.text)) {
      yield refused(
        name,
        name.text === ''
          ? 'header name cannot be empty'
          : `header name ${name.text} is not a valid header name`,
      );
    }
  }
}
