import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { attachment } from './selectors';
import { Subject } from './subject';
import { trafficPorts, wasmModule } from './wasmPlugin';

const MAX_SCRIPT = 65_536;

/** What istiod refuses of a TrafficExtension (istio/istio pkg/config/validation/validation.go: ValidateTrafficExtension). */
export function* trafficExtension({ spec }: Subject): Problems {
  const [wasm, lua] = [spec.get('wasm'), spec.get('lua')];
  if (wasm.exists === lua.exists) {
    yield refused(spec, 'exactly one of wasm or lua must be set');
  }
  yield* attachment(spec);
  if (lua.exists) {
    yield* script(lua.get('inlineCode'));
  }
  if (wasm.exists) {
    yield* wasmModule(wasm);
  }
  yield* trafficPorts(spec.get('match'));
}

function* script(code: Field): Problems {
  if (code.text === '') {
    yield refused(code, 'lua.inlineCode cannot be empty');
  } else if (code.text.length > MAX_SCRIPT) {
    yield refused(code, 'lua.inlineCode exceeds maximum size of 64KB');
  }
}
