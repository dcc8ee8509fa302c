import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import OpenInNewIcon from '@material-ui/icons/OpenInNew';
import { Trace } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Notice } from '../States/Notice';
import { TabHeader } from '../States/TabHeader';
import { ProxyTime } from './ProxyTime';
import { TraceServices } from './TraceServices';
import { useMicroseconds } from './useMicroseconds';
import { Waterfall } from './Waterfall';

const useStyles = makeStyles(
  theme => ({
    facts: { marginTop: theme.spacing(1), overflowWrap: 'anywhere' },
  }),
  { name: 'MeshLoadedTrace' },
);

/** A trace: what it was and how long it took, who took part, and its spans. */
export function LoadedTrace(props: { trace: Trace; takesFocus: boolean }) {
  const { trace, takesFocus } = props;
  const { root, failed, link, store, omittedSpans, warnings } = trace;
  const t = useMeshTranslation();
  const format = useFormat();
  const microseconds = useMicroseconds();
  const classes = useStyles();
  const sentence = t('traces.trace.sentence', {
    root: root ? `${root.service} ${root.name}` : t('traces.list.hiddenRoot'),
    duration: microseconds(trace.durationUs),
  });
  return (
    <>
      <TabHeader
        takesFocus={takesFocus}
        appearance={{ tone: failed > 0 ? 'bad' : 'info' }}
        sentence={
          failed > 0
            ? t('traces.trace.with', {
                sentence,
                addition: t('traces.trace.failed', { count: failed }),
              })
            : sentence
        }
        action={
          link !== undefined && (
            <Button
              component="a"
              href={link}
              target="_blank"
              rel="noopener noreferrer"
              variant="outlined"
              size="small"
              endIcon={<OpenInNewIcon aria-hidden />}
            >
              {t('traces.trace.open', { store })}
            </Button>
          )
        }
      >
        <Typography variant="body2" className={classes.facts}>
          {t('traces.trace.id', { id: trace.traceId })} ·{' '}
          {t('traces.trace.began', {
            moment: format.moment(new Date(trace.startedAt)),
          })}{' '}
          · {t('traces.trace.spans', { count: trace.spans })}
        </Typography>
        <ProxyTime trace={trace} />
      </TabHeader>
      {warnings.length > 0 && (
        <Notice
          tone="notice"
          title={t('traces.trace.warnings', { text: warnings.join('; ') })}
        />
      )}
      {omittedSpans > 0 && (
        <Notice
          tone="notice"
          title={t('traces.trace.omitted', { count: omittedSpans })}
        />
      )}
      <TraceServices trace={trace} />
      <Waterfall trace={trace} />
    </>
  );
}
