import { CopyTextButton, Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ObjectAnswer, ObjectRef } from 'backstage-plugin-mesh-common';
import { useMemo } from 'react';
import { stringify } from 'yaml';
import { fieldLines } from '../../format/fieldLines';
import { objectLabel } from '../../format/refs';
import { EntityParams } from '../../hooks/useEntityParams';
import { useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useUrlState } from '../../hooks/useUrlState';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { isPlace, usePlace } from '../Fields/place';
import { StatusWord } from '../Status/StatusWord';
import { AnswerFailure } from '../States/AnswerFailure';
import { Skeleton } from '../States/Skeleton';
import { YamlView } from './YamlView';

const useStyles = makeStyles(
  theme => ({
    header: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 2),
      marginBottom: theme.spacing(1),
    },
    note: { marginBottom: theme.spacing(1) },
  }),
  { name: 'MeshObjectPanel' },
);

/** An object that decided, as YAML, at the field that decided. */
export function ObjectPanel(props: {
  entity: EntityParams;
  object: ObjectRef;
  field: string | undefined;
}) {
  const { entity, object, field } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const from = usePlace();
  const walk = useUrlState().get('walk');
  const answer = useMeshAnswer('object', {
    params: { ...entity },
    query: {
      cluster: object.cluster,
      kind: object.kind,
      objectName: object.name,
      ...(object.namespace && { objectNamespace: object.namespace }),
      // What an answer names depends on where it was seen from.
      ...(from !== undefined && isPlace(from) && { from }),
      ...(walk !== undefined && { walk }),
    },
  });
  const label = objectLabel(object);
  return (
    <section aria-labelledby="mesh-object">
      <div className={classes.header}>
        <Typography variant="subtitle1" component="h3" id="mesh-object">
          {label}
        </Typography>
        <Typography>
          {t('drawer.cluster')} {object.cluster}
        </Typography>
        {answer.status === 'loaded' && answer.value.dashboardUrl && (
          <Link to={answer.value.dashboardUrl} externalLinkIcon>
            {t('drawer.dashboard')}
          </Link>
        )}
      </div>
      {answer.status === 'loading' && (
        <Skeleton
          label={t('state.loading', { what: t('state.what.object') })}
          lines={12}
        />
      )}
      {answer.status === 'loaded' && (
        <LoadedObject answer={answer.value} label={label} field={field} />
      )}
      {answer.status !== 'loading' && (
        <AnswerFailure
          answer={answer}
          what="object"
          hints={{
            notFound: {
              title: t('state.notFound.object'),
              hint: t('state.notFound.objectHint'),
            },
          }}
        />
      )}
    </section>
  );
}

function LoadedObject(props: {
  answer: ObjectAnswer;
  label: string;
  field: string | undefined;
}) {
  const { answer, label, field } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const text = useMemo(
    () => stringify(answer.content, { lineWidth: 0 }),
    [answer.content],
  );
  const lines = field ? fieldLines(text, field) : undefined;
  return (
    <>
      {!answer.complete && (
        <Typography className={classes.note}>
          <StatusWord tone="info">{t('drawer.incomplete')}</StatusWord>
        </Typography>
      )}
      {field && !lines?.exact && (
        <Typography className={classes.note}>
          <StatusWord tone="info">
            {lines
              ? t('drawer.fieldMissing', { field })
              : t('drawer.fieldAbsent', { field })}
          </StatusWord>
        </Typography>
      )}
      <YamlView
        text={text}
        label={t('drawer.yaml', { object: label })}
        marked={lines}
        action={<CopyTextButton text={text} tooltipText={t('drawer.copy')} />}
      />
    </>
  );
}
