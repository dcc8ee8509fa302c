import { Field } from '../../validation/Field';
import { namespacedHostComplaints, unixAddressComplaint } from './hosts';
import { Problems, refused, refusedFor, warned } from '../../validation/report';
import { listenerPort, portDetails } from './sidecarIngress';

const UNIX = 'unix://';

/** What a sidecar sends to: listeners with a port each, and one without that catches the rest and comes last. */
export function* egressListeners(list: Field, namespace: string): Problems {
  const [numbers, sockets] = [new Set<number>(), new Set<string>()];
  for (const [index, listener] of list.items.entries()) {
    const field = listener.get('port');
    const bind = listener.get('bind');
    if (!field.exists) {
      if (index < list.items.length - 1) {
        yield refused(
          field,
          'sidecar: the egress listener with empty port should be the last listener in the list',
        );
      }
    } else if (field.get('number').number === 0) {
      yield* socketListener(field, bind, listener.get('captureMode'));
      if (sockets.has(bind.text)) {
        yield refused(
          bind,
          'sidecar: unix domain socket values for listeners must be unique',
        );
      }
      sockets.add(bind.text);
    } else {
      yield* listenerPort(field, bind);
      const number = field.get('number');
      if (numbers.has(number.number)) {
        yield refused(
          number,
          'sidecar: ports on IP bound listeners must be unique',
        );
      }
      numbers.add(number.number);
    }
    yield* egressHosts(listener.get('hosts'), namespace);
  }
}

function* socketListener(field: Field, bind: Field, mode: Field): Problems {
  yield* portDetails(field);
  if (bind.text.startsWith(UNIX)) {
    yield* refusedFor(bind, unixAddressComplaint(bind.text.slice(UNIX.length)));
  } else {
    yield refused(
      field.get('number'),
      'sidecar: ports with 0 value must have a unix domain socket bind address',
    );
  }
  if (!['', 'DEFAULT', 'NONE'].includes(mode.text)) {
    yield refused(
      mode,
      'sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners',
    );
  }
}

function* egressHosts(list: Field, namespace: string): Problems {
  if (list.items.length === 0) {
    yield refused(
      list,
      'sidecar: egress listener must contain at least one host',
    );
  }
  const seen = new Map<string, Set<string>>();
  for (const host of list.items) {
    for (const complaint of namespacedHostComplaints(host.text, 'sidecar')) {
      yield refused(host, complaint);
    }
    const slash = host.text.indexOf('/');
    if (slash < 0 || host.text.startsWith('~')) {
      continue;
    }
    const written = host.text.slice(0, slash);
    const scope = written === '.' ? namespace : written;
    const name = host.text.slice(slash + 1);
    const names = seen.get(scope) ?? new Set();
    const known =
      name === '*' ? names.size > 0 : names.has(name) || names.has('*');
    if (known) {
      yield warned(host, `duplicated egress host: ${host.text}`);
    }
    seen.set(scope, names.add(name));
  }
  if (seen.get('*')?.has('*') && seen.size > 1) {
    yield warned(
      list,
      '`*/*` host select all resources, no other hosts can be added',
    );
  }
}
