# Sourced by the scripts of this folder: the toolchain that the project brings along.
#
# The machine needs git, bash, a C++ toolchain, Python 3 and some npm. Everything else comes from
# packages, into .tools/ and node_modules/: the Node of .node-version, the dependencies of yarn.lock, and
# native modules built for that Node. A second run skips what is done.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=$root/.tools
node_version=$(cat "$root/.node-version")
node_home=$tools/node-$node_version

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# step TITLE COMMAND... — runs the command with its output in a log, and says how long it took.
step() {
  local title=$1 log began
  shift
  mkdir -p "$tools/logs"
  log=$tools/logs/$(printf '%s' "$title" | tr -cs 'A-Za-z0-9' '-').log
  began=$SECONDS
  printf '%s ... ' "$title"
  if "$@" >"$log" 2>&1; then
    printf 'done in %s s\n' $((SECONDS - began))
  else
    printf 'failed after %s s\n' $((SECONDS - began))
    tail -n 20 "$log" >&2
    fail "$title failed; the whole log is in ${log#"$root"/}"
  fi
}

check_prerequisites() {
  local missing=()
  for tool in git npm python3 make tar; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  command -v c++ >/dev/null || command -v g++ >/dev/null || command -v clang++ >/dev/null ||
    missing+=('a C++ compiler (c++)')
  if [ ${#missing[@]} -gt 0 ]; then
    local list
    list=$(printf '%s, ' "${missing[@]}")
    fail "this machine lacks ${list%, }; install it (on Debian and Ubuntu: apt-get install git npm python3 build-essential) and run this again"
  fi
}

# The npm package that carries the Node of this machine's platform, with its headers.
node_package() {
  local os cpu
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    *) fail "there is no Node for $(uname -s) here; Linux and macOS work" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) cpu=x64 ;;
    aarch64 | arm64) cpu=arm64 ;;
    *) fail "there is no Node for the processor $(uname -m) here; x86-64 and arm64 work" ;;
  esac
  echo "node-$os-$cpu"
}

install_node() {
  local package partial
  package=$(node_package)
  partial=$node_home.partial
  rm -rf "$partial"
  mkdir -p "$partial"
  (cd "$partial" && npm pack --silent "$package@$node_version" && tar -xzf ./*.tgz --strip-components=1 && rm ./*.tgz)
  rm -rf "$node_home"
  mv "$partial" "$node_home"
  "$node_home/bin/node" --version
}

# The environment in which everything of the project runs.
use_toolchain() {
  export PATH=$node_home/bin:$PATH
  # Native modules are built against the headers that came with this Node, not against the machine's.
  export npm_config_nodedir=$node_home
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  unset NODE_OPTIONS
}

yarn() {
  node "$root"/.yarn/releases/yarn-*.cjs "$@"
}

# Changes when the dependencies or the Node do.
dependencies_stamp() {
  (cd "$root" && cat .node-version .yarnrc.yml yarn.lock package.json packages/*/package.json plugins/*/package.json | git hash-object --stdin)
}

# Yarn knows nothing of npm's settings; the registry and the certificates that npm uses work for it as well.
use_npm_registry() {
  local registry cafile
  registry=$(npm config get registry)
  cafile=$(npm config get cafile)
  export YARN_NPM_REGISTRY_SERVER=${registry%/}
  if [ -f "$cafile" ]; then
    export YARN_HTTPS_CA_FILE_PATH=$cafile
  fi
}

install_dependencies() {
  use_npm_registry
  (cd "$root" && yarn install --immutable)
}

check_registry() {
  local registry
  registry=$(npm config get registry)
  npm view --fetch-retries=1 --fetch-timeout=20000 "$(node_package)@$node_version" version >/dev/null 2>&1 ||
    fail "the package registry $registry cannot be reached, or has no Node $node_version; check the network and npm's setting 'registry'"
}

setup() {
  check_prerequisites
  local stamp=$tools/dependencies.stamp
  if [ ! -x "$node_home/bin/node" ]; then
    check_registry
    step "Installing Node $node_version" install_node
  fi
  use_toolchain
  if [ ! -d "$root/node_modules" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$(dependencies_stamp)" ]; then
    check_registry
    step 'Installing dependencies' install_dependencies
    dependencies_stamp >"$stamp"
  fi
}
