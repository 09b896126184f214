/** Lines that people type and that this console does not have, and what to write instead. */

const FROM_THE_FILE = 'what the file says is changed with paddock set KEY=VALUE';
const IMAGES = 'images are fetched when they are needed; docker push IMAGE moves a tag to another build';
const NODES =
  'a machine is lost with paddock lose-host HOST, and left with paddock evict CONTAINER --to HOST';

/** By the words that begin the line. */
const INSTEAD: Readonly<Record<string, string>> = {
  help: 'type docker, docker compose, kubectl or paddock alone',
  sudo: 'leave it out: every command may do everything here',
  podman: 'write docker',
  kill: 'write docker kill CONTAINER, or docker exec CONTAINER kill 1 for a signal from inside',
  nginx: 'write docker exec CONTAINER nginx -s reload',
  'docker pause': 'write paddock hang CONTAINER: a frozen process, as docker pause makes it',
  'docker unpause': 'write paddock resume CONTAINER',
  'docker stats': 'what containers use is on the stage and in the instruments',
  'docker top': 'a container is one process here: docker ps',
  'docker images': IMAGES,
  'docker pull': IMAGES,
  'docker rmi': IMAGES,
  'docker build': IMAGES,
  'docker network': 'a network that fails is paddock partition A B, and paddock heal',
  'docker volume': 'volumes go with docker rm -v and docker compose down -v',
  'docker service ls': 'write docker ps',
  'docker service ps': 'write docker ps -a',
  'docker service rm': 'write docker service scale SERVICE=0',
  'docker stack': `${FROM_THE_FILE}`,
  'docker node': NODES,
  'docker swarm': 'the platform is chosen with the scenario (x-paddock: { platform: swarm })',
  'docker compose logs': 'write docker logs CONTAINER',
  'docker compose exec': 'write docker exec CONTAINER COMMAND',
  'docker compose scale': 'write docker compose up -d --scale SERVICE=N',
  'docker compose pull': 'write docker compose up -d --pull always',
  'docker compose rm': 'write docker rm CONTAINER, or docker compose down',
  'kubectl describe': 'kubectl get pods shows its state, and the journal what became of it and why',
  'kubectl logs': 'the journal says what happened to a pod, and why',
  'kubectl apply': FROM_THE_FILE,
  'kubectl edit': FROM_THE_FILE,
  'kubectl set env': 'write paddock set services.NAME.environment.KEY=VALUE',
  'kubectl autoscale':
    'write paddock set services.NAME.x-paddock.scaler="{ min: 2, max: 10, metric: cpu, target: 0.6 }"',
  'kubectl top': 'what pods use is on the stage and in the instruments',
  'paddock kill': 'write docker kill CONTAINER, or kubectl delete pod POD --force',
  'paddock scale':
    'write docker compose up -d --scale SERVICE=N, docker service scale SERVICE=N or kubectl scale deployment/NAME --replicas=N',
};

/** What to write instead of a line that begins with these words, or null. */
export function elsewhere(words: readonly string[]): string | null {
  for (let n = Math.min(3, words.length); n > 0; n--) {
    const found = INSTEAD[words.slice(0, n).join(' ')];
    if (found !== undefined) return found;
  }
  return null;
}
