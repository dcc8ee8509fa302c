import { InfoCard, Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef, useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { ReactNode } from 'react';
import { useEntityParams } from '../../hooks/useEntityParams';
import { MeshAnswer, useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { isMeshAvailable } from '../../isMeshAvailable';
import { countsSentence, toneOf } from '../ReadinessTab/states';
import { PageRoot } from '../States/PageRoot';
import { VERDICTS } from '../Status/answerTones';
import { FindingCounts } from '../Status/FindingCounts';
import { StatusWord } from '../Status/StatusWord';
import { findingCounts, routesText } from './summary';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: 'max-content 1fr',
      gap: theme.spacing(1, 2),
      '& dt': { fontWeight: 700 },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
  }),
  { name: 'MeshSummaryCard' },
);

/** What the mesh tabs say of an entity, in a line each that leads to its tab. */
export function SummaryCard() {
  const { entity } = useEntity();
  return isMeshAvailable(entity) ? <Lines /> : null;
}

function Lines() {
  const { entity } = useEntity();
  const entityParams = useEntityParams(entity);
  const t = useMeshTranslation();
  const classes = useStyles();
  const base = useRouteRef(entityRouteRef)(entityParams);
  const request = { params: { ...entityParams }, query: {} };
  const mtls = useMeshAnswer('mtls', request);
  const routing = useMeshAnswer('routing', request);
  const readiness = useMeshAnswer('readiness', request);
  const findings = useMeshAnswer('findings', request);
  return (
    <InfoCard title={t('readiness.card.title')}>
      <PageRoot>
        <dl className={classes.list}>
          <Line to={`${base}/mtls`} title={t('readiness.card.mtls')}>
            {loaded(mtls, ({ verdict }) => (
              <StatusWord {...VERDICTS[verdict.value]}>
                {t(`verdict.${verdict.value}`)}
              </StatusWord>
            ))}
          </Line>
          <Line to={`${base}/routing`} title={t('readiness.card.routing')}>
            {loaded(routing, answer => routesText(t, answer))}
          </Line>
          <Line to={`${base}/readiness`} title={t('readiness.card.readiness')}>
            {loaded(readiness, ({ counts }) => (
              <StatusWord tone={toneOf(counts)}>
                {countsSentence(t, counts)}
              </StatusWord>
            ))}
          </Line>
          <Line to={`${base}/mtls`} title={t('readiness.card.findings')}>
            {loaded(findings, answer => (
              <FindingCounts counts={findingCounts(answer)} />
            ))}
          </Line>
        </dl>
      </PageRoot>
    </InfoCard>
  );

  function loaded<R extends 'mtls' | 'routing' | 'readiness' | 'findings'>(
    answer: MeshAnswer<R>,
    draw: (
      value: Extract<MeshAnswer<R>, { status: 'loaded' }>['value'],
    ) => ReactNode,
  ): ReactNode {
    switch (answer.status) {
      case 'loading':
        return t('readiness.card.loading');
      case 'loaded':
        return draw(answer.value);
      default:
        return (
          <StatusWord tone="notice">
            {t('readiness.card.failed')}: {answer.error.message}
          </StatusWord>
        );
    }
  }
}

function Line(props: { to: string; title: string; children: ReactNode }) {
  return (
    <>
      <dt>
        <Link to={props.to}>{props.title}</Link>
      </dt>
      <dd>{props.children}</dd>
    </>
  );
}
