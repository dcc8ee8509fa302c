import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import {
  DEFAULT_TRACE_LIMIT,
  DEFAULT_TRACE_LOOKBACK,
  TRACE_LIMITS,
  TRACE_LOOKBACKS,
} from 'backstage-plugin-mesh-common';
import { FormEvent, useEffect, useState } from 'react';
import { EntityParams } from '../../hooks/useEntityParams';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useUrlState } from '../../hooks/useUrlState';
import { MeshTranslate } from '../../translation';
import { SelectField } from '../Fields/SelectField';
import { fieldId, FilterField } from './FilterField';
import { OperationField } from './OperationField';
import {
  FilterProblem,
  filterProblems,
  isNarrowed,
  TEXT_FIELDS,
  TextField,
  TraceFilter,
} from './traceFilter';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      gap: theme.spacing(2),
      padding: theme.spacing(2),
    },
    buttons: { display: 'flex', gap: theme.spacing(1) },
  }),
  { name: 'MeshTraceFilters' },
);

/** What is searched for, kept in the URL: lists act at once, texts when they are sent. */
export function TraceFilters(props: {
  params: EntityParams;
  filter: TraceFilter;
  services: readonly string[];
}) {
  const { params, filter, services } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const url = useUrlState();
  const { operation, tags, min, max } = filter;
  const [texts, setTexts] = useState<Record<TextField, string>>({
    operation,
    tags,
    min,
    max,
  });
  // Back and links change what the fields say.
  useEffect(
    () => setTexts({ operation, tags, min, max }),
    [operation, tags, min, max],
  );
  const problems = filterProblems(texts);
  const firstWrong = TEXT_FIELDS.find(field => problems[field]);
  const bind = (field: TextField) => ({
    value: texts[field],
    isWrong: problems[field] !== undefined,
    hint: hintOf(t, field, problems[field]),
    onChange: (text: string) => setTexts({ ...texts, [field]: text }),
  });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (firstWrong) {
      document.getElementById(fieldId(firstWrong))?.focus();
      return;
    }
    url.set(texts);
  };
  // What cannot be searched for waits in its field; the lists act all the same.
  const sent = firstWrong ? {} : texts;
  const known = [...new Set([...services, filter.service])].filter(Boolean);
  return (
    <Paper
      component="form"
      variant="outlined"
      role="search"
      aria-label={t('traces.filter.label')}
      className={classes.root}
      onSubmit={apply}
    >
      <SelectField
        id="trace-service"
        label={t('traces.filter.service')}
        value={filter.service}
        options={[
          { value: '', label: t('traces.filter.allServices') },
          ...known.map(name => ({ value: name, label: name })),
        ]}
        onChange={service => url.set({ ...sent, service })}
      />
      <OperationField
        params={params}
        service={filter.service || services[0]}
        {...bind('operation')}
      />
      <FilterField
        id="tags"
        label={t('traces.filter.tags')}
        {...bind('tags')}
      />
      <FilterField id="min" label={t('traces.filter.min')} {...bind('min')} />
      <FilterField id="max" label={t('traces.filter.max')} {...bind('max')} />
      <SelectField
        id="trace-lookback"
        label={t('traces.filter.lookback')}
        value={String(filter.lookback)}
        options={TRACE_LOOKBACKS.map(seconds => ({
          value: String(seconds),
          label: format.duration(seconds * 1_000),
        }))}
        onChange={lookback =>
          url.set({
            ...sent,
            lookback: withoutDefault(lookback, DEFAULT_TRACE_LOOKBACK),
          })
        }
      />
      <SelectField
        id="trace-limit"
        label={t('traces.filter.limit')}
        value={String(filter.limit)}
        options={TRACE_LIMITS.map(count => ({
          value: String(count),
          label: t('traces.filter.limitTraces', { count }),
        }))}
        onChange={limit =>
          url.set({
            ...sent,
            limit: withoutDefault(limit, DEFAULT_TRACE_LIMIT),
          })
        }
      />
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={filter.errors}
            onChange={(_, errors) =>
              url.set({ ...sent, errors: errors ? 'true' : undefined })
            }
          />
        }
        label={t('traces.filter.errors')}
      />
      <div className={classes.buttons}>
        <Button type="submit" variant="outlined">
          {t('traces.filter.apply')}
        </Button>
        {isNarrowed(filter) && (
          <Button
            onClick={() =>
              url.set({
                service: undefined,
                operation: undefined,
                tags: undefined,
                min: undefined,
                max: undefined,
                errors: undefined,
              })
            }
          >
            {t('traces.filter.clear')}
          </Button>
        )}
      </div>
    </Paper>
  );
}

/** What a field takes, or why what it says is not applied. */
function hintOf(
  t: MeshTranslate,
  field: TextField,
  problem: FilterProblem | undefined,
): string | undefined {
  const isDuration = field === 'min' || field === 'max';
  switch (problem) {
    case 'emptyRange':
      return t('traces.filter.emptyRange', { min: t('traces.filter.min') });
    case 'unreadable':
      return isDuration
        ? t('traces.filter.notDuration')
        : t(`traces.filter.${field}Wrong`);
    default:
      if (field === 'operation') {
        return undefined;
      }
      return isDuration
        ? t('traces.filter.durationHint')
        : t('traces.filter.tagsHint');
  }
}

function withoutDefault(text: string, value: number): string | undefined {
  return text === String(value) ? undefined : text;
}
