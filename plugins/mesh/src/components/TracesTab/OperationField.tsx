import { EntityParams } from '../../hooks/useEntityParams';
import { useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { FilterField } from './FilterField';

interface Field {
  value: string;
  isWrong: boolean;
  hint: string | undefined;
  onChange(text: string): void;
}

/** The operation, with those of the latest traces as suggestions. */
export function OperationField(
  props: Field & { params: EntityParams; service: string | undefined },
) {
  const { params, service, ...field } = props;
  return service === undefined ? (
    <PlainField {...field} />
  ) : (
    <SuggestingField {...field} params={params} service={service} />
  );
}

function PlainField(props: Field & { list?: string }) {
  const t = useMeshTranslation();
  return (
    <FilterField
      id="operation"
      label={t('traces.filter.operation')}
      {...props}
    />
  );
}

const LIST = 'mesh-trace-operations';

/** Without suggestions the field does all that it does, so that nothing is said where they are missing. */
function SuggestingField(
  props: Field & { params: EntityParams; service: string },
) {
  const { params, service, ...field } = props;
  const answer = useMeshAnswer('traceOperations', {
    params: { ...params },
    query: { service },
  });
  const operations = answer.status === 'loaded' ? answer.value.operations : [];
  return (
    <>
      <PlainField {...field} list={LIST} />
      <datalist id={LIST}>
        {operations.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
