import { makeStyles } from '@material-ui/core/styles';
import { LoadedAnswer, MeshAnswer } from '../../hooks/useMeshAnswer';
import { useUrlState } from '../../hooks/useUrlState';
import { MeshEntity } from '../EntityTab/EntityTab';
import { FindingsSection } from '../Findings/FindingsSection';
import { ClusterNotices } from '../States/ClusterNotices';
import { EntityFailure } from '../States/EntityFailure';
import { isComplete, NoWorkloads } from '../States/NoWorkloads';
import { ScopeNotice } from '../States/ScopeNotice';
import { AcceptsCard } from './AcceptsCard';
import { ClientsSection } from './ClientsSection';
import { MtlsHeader } from './MtlsHeader';
import { ObservedCard } from './ObservedCard';
import { PortsSection } from './PortsSection';
import { SendsCard } from './SendsCard';
import { WhoMayCallSection } from './WhoMayCall/WhoMayCallSection';
import { WorkloadsSection } from './WorkloadsSection';
import { lowered, portsOfViews, workloadViews } from './workloadViews';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    cards: {
      display: 'grid',
      gap: theme.spacing(2),
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(260px, 100%), 1fr))',
    },
  }),
  { name: 'MeshLoadedMtls' },
);

/** The tab once the configuration's answer is there. What was observed fills in when it comes. */
export function LoadedMtls(
  props: MeshEntity & {
    mtls: LoadedAnswer<'mtls'>;
    callers: MeshAnswer<'callers'>;
    observed: MeshAnswer<'observedMtls'>;
    findings: MeshAnswer<'findings'>;
    windowSeconds: number;
  },
) {
  const { entity, selection, mtls, callers, observed, findings } = props;
  const { windowSeconds } = props;
  const classes = useStyles();
  const written = useUrlState().get('workload');
  const seen = observed.status === 'loaded' ? observed.value : undefined;
  const all = workloadViews(mtls.value, seen);
  const selected = all.find(view => view.key === written);
  const views = selected ? [selected] : all;

  if (all.length === 0) {
    return (
      <div className={classes.root}>
        <ClusterNotices
          clusters={mtls.value.clusters}
          listProblem={mtls.value.clusterListProblem}
        />
        <EntityFailure entity={entity} answer={mtls} what="mtls" />
        <ScopeNotice limit={mtls.value.scopeLimit} />
        <NoWorkloads
          selection={selection}
          clusters={mtls.value.clusters}
          isComplete={isComplete(mtls.value)}
        />
      </div>
    );
  }
  return (
    <div className={classes.root}>
      <MtlsHeader
        mtls={mtls}
        verdict={
          selected?.verdict ?? lowered(mtls.value.verdict, seen?.verdict)
        }
        all={all}
        selected={selected}
        unknownWorkload={selected ? undefined : written}
      />
      <ClusterNotices
        clusters={mtls.value.clusters}
        listProblem={mtls.value.clusterListProblem}
      />
      <EntityFailure entity={entity} answer={mtls} what="mtls" />
      <ScopeNotice limit={mtls.value.scopeLimit} />
      <EntityFailure entity={entity} answer={observed} what="observedMtls" />
      <div className={classes.cards}>
        <AcceptsCard ports={portsOfViews(views)} />
        <SendsCard views={views} />
        <ObservedCard
          answer={observed}
          views={views}
          windowSeconds={windowSeconds}
        />
      </div>
      <PortsSection views={views} observed={observed} />
      <WorkloadsSection views={views} />
      <ClientsSection views={views} windowSeconds={windowSeconds} />
      <WhoMayCallSection
        entity={entity}
        answer={callers}
        observed={observed}
        shown={new Set(views.map(({ key }) => key))}
        windowSeconds={windowSeconds}
      />
      <FindingsSection entity={entity} answer={findings} />
    </div>
  );
}
