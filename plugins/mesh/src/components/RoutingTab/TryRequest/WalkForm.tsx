import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { FormEvent, useEffect, useState } from 'react';
import { WalkQuestion } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { SelectField } from '../../Fields/SelectField';
import { useFieldStyles } from '../../Fields/useFieldStyles';
import { MeshTranslate } from '../../../translation';
import { Entrance, WalkPlace } from './entrances';
import {
  FieldProblems,
  HOST_HEADER,
  METHODS,
  questionOf,
  WalkFields,
} from './question';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      gap: theme.spacing(2, 1),
    },
    path: { flex: '1 1 240px', minWidth: 0 },
    wide: { flex: '1 1 320px', minWidth: 0 },
    actions: { display: 'flex', gap: theme.spacing(1), flexBasis: '100%' },
  }),
  { name: 'MeshWalkForm' },
);

/** Which request is asked about. */
export function WalkForm(props: {
  /** Sets the fields of several forms on a page apart. */
  id: string;
  fields: WalkFields;
  /** Where requests to it may come from, its own cluster first. */
  places: readonly WalkPlace[];
  /** What a request from within the mesh says. */
  inside: Entrance;
  entrances: readonly Entrance[];
  /** Clients that are worth a try. */
  clients: readonly string[];
  onAsk(question: WalkQuestion): void;
  /** Absent: nothing has been asked. */
  onClear: (() => void) | undefined;
}) {
  const { id, fields, places, inside, entrances, clients } = props;
  const { onAsk, onClear } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const [written, setWritten] = useState(fields);
  const [problems, setProblems] = useState<FieldProblems>({});
  const asked = JSON.stringify(fields);
  useEffect(() => {
    setWritten(JSON.parse(asked));
    setProblems({});
  }, [asked]);
  const change = (field: keyof WalkFields) => (value: string) =>
    setWritten(before => ({ ...before, [field]: value }));
  // Another way in has names and ports of its own.
  const comeFrom = (from: string) =>
    setWritten(before => {
      const is = entrances.filter(one => one.from === from);
      const was = entrances.filter(one => one.from === before.from);
      const [entrance = was.length > 0 ? inside : undefined] = is;
      return {
        ...before,
        from,
        ...(entrance && {
          host: entrance.hosts[0] ?? '',
          port: entrance.port,
        }),
      };
    });
  // Another cluster knows it by another name.
  const comeFromCluster = (cluster: string) =>
    setWritten(before => {
      const place = places.find(one => one.cluster === cluster);
      return {
        ...before,
        cluster,
        host: place?.hosts[0] ?? before.host,
        port: place?.ports[0] ?? before.port,
      };
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = questionOf(written);
    if ('question' in found) {
      setProblems({});
      onAsk(found.question);
    } else {
      setProblems(found.problems);
    }
  };
  return (
    <form className={classes.root} onSubmit={submit} noValidate>
      {places.length > 1 && (
        <SelectField
          id={`${id}-cluster`}
          label={t('walk.cluster')}
          value={written.cluster}
          options={[...new Set(places.map(({ cluster }) => cluster))].map(
            cluster => ({ value: cluster, label: cluster }),
          )}
          onChange={comeFromCluster}
        />
      )}
      <SelectField
        id={`${id}-method`}
        label={t('walk.method')}
        value={written.method}
        options={[...new Set([...METHODS, written.method])].map(method => ({
          value: method,
          label: method,
        }))}
        onChange={change('method')}
      />
      <SelectField
        id={`${id}-port`}
        label={t('walk.port')}
        value={written.port}
        options={portsOf(props, written.port).map(port => ({
          value: port,
          label: port,
        }))}
        onChange={change('port')}
      />
      <WalkField
        id={`${id}-host`}
        className={classes.path}
        label={t('walk.host.label')}
        value={written.host}
        onChange={change('host')}
        options={[...places, ...entrances].flatMap(({ hosts }) => hosts)}
        problem={
          problems.host === undefined ? undefined : t('walk.host.invalid')
        }
      />
      <WalkField
        id={`${id}-path`}
        className={classes.path}
        label={t('walk.path.label')}
        value={written.path}
        onChange={change('path')}
        problem={
          problems.path === undefined ? undefined : t('walk.path.invalid')
        }
      />
      <WalkField
        id={`${id}-from`}
        className={classes.wide}
        label={t('walk.from.label')}
        hint={t('walk.from.hint')}
        value={written.from}
        onChange={comeFrom}
        options={[...clients, ...entrances.map(({ from }) => from)]}
        problem={
          problems.from === undefined ? undefined : t('walk.from.invalid')
        }
      />
      <WalkField
        id={`${id}-headers`}
        className={classes.wide}
        label={t('walk.headers.label')}
        hint={t('walk.headers.hint')}
        value={written.headers}
        onChange={change('headers')}
        multiline
        problem={headersText(t, problems.headers)}
      />
      <WalkField
        id={`${id}-jwt`}
        className={classes.wide}
        label={t('walk.jwt.label')}
        hint={t('walk.jwt.hint')}
        value={written.jwt}
        onChange={change('jwt')}
        multiline
        problem={problems.jwt === undefined ? undefined : t('walk.jwt.invalid')}
      />
      <div className={classes.actions}>
        <Button type="submit" variant="outlined" color="primary">
          {t('walk.walk')}
        </Button>
        {onClear && <Button onClick={onClear}>{t('walk.clear')}</Button>}
      </div>
    </form>
  );
}

function portsOf(
  { places, entrances }: Parameters<typeof WalkForm>[0],
  written: string,
): string[] {
  return [
    ...new Set([
      ...places.flatMap(({ ports }) => ports),
      ...entrances.map(({ port }) => port),
      written,
    ]),
  ];
}

function headersText(
  t: MeshTranslate,
  line: string | undefined,
): string | undefined {
  if (line === undefined) {
    return undefined;
  }
  switch (line) {
    case '':
      return t('walk.headers.credentials');
    case HOST_HEADER:
      return t('walk.headers.host');
    default:
      return t('walk.headers.invalid', { line });
  }
}

function WalkField(props: {
  id: string;
  className: string;
  label: string;
  hint?: string;
  value: string;
  onChange(value: string): void;
  problem: string | undefined;
  multiline?: boolean;
  options?: readonly string[];
}) {
  const { id, className, label, hint, value, problem, multiline } = props;
  const fieldClasses = useFieldStyles();
  const list = props.options && `mesh-${id}-options`;
  return (
    <>
      <TextField
        id={`mesh-${id}`}
        className={className}
        label={label}
        helperText={problem ?? hint}
        error={problem !== undefined}
        value={value}
        onChange={event => props.onChange(event.target.value)}
        variant="outlined"
        size="small"
        multiline={multiline}
        InputLabelProps={{ shrink: true, className: fieldClasses.text }}
        FormHelperTextProps={{ className: fieldClasses.text }}
        inputProps={{ spellCheck: false, ...(list && { list }) }}
      />
      {list && (
        <datalist id={list}>
          {[...new Set(props.options)].map(option => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </>
  );
}
