import { makeStyles } from '@material-ui/core/styles';
import { ServiceRoutes } from 'backstage-plugin-mesh-common';
import { useFormat } from '../../hooks/useFormat';
import { LoadedAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { WindowSelect } from '../Fields/WindowSelect';
import { FreshnessClock } from '../States/FreshnessClock';
import { TabHeader } from '../States/TabHeader';
import { PlaceField } from './PlaceField';
import { ROUTING_STATES, routingSentence } from './sentence';
import { ServiceSelect } from './ServiceSelect';

const useStyles = makeStyles(
  theme => ({ place: { marginTop: theme.spacing(2) } }),
  { name: 'MeshRoutingHeader' },
);

/** Where requests go, as a sentence about the Service that needs it most; and what it is the answer of. */
export function RoutingHeader(props: {
  routing: LoadedAnswer<'routing'>;
  shown: readonly ServiceRoutes[];
  selected: ServiceRoutes | undefined;
  places: readonly string[];
  windowSeconds: number;
}) {
  const { routing, shown, selected, places, windowSeconds } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const classes = useStyles();
  const [worst] = shown
    .map(routes => routingSentence(t, format, routes))
    .sort(
      (a, b) =>
        ROUTING_STATES.indexOf(a.state) - ROUTING_STATES.indexOf(b.state),
    );
  return (
    <TabHeader
      appearance={{ tone: worst?.tone ?? 'neutral' }}
      sentence={worst?.sentence ?? t('routing.sentence.noService')}
      action={
        <>
          <FreshnessClock
            freshness={routing.freshness}
            onRefresh={routing.refresh}
          />
          <WindowSelect windowSeconds={windowSeconds} />
          <ServiceSelect
            services={routing.value.services}
            selected={selected}
          />
        </>
      }
    >
      <div className={classes.place}>
        <PlaceField places={places} />
      </div>
    </TabHeader>
  );
}
