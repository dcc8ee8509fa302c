# Sourced: finds the Chromium for the end-to-end tests, or installs Debian's when that is possible.

find_chromium() {
  local candidate
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' \
    /Applications/Chromium.app/Contents/MacOS/Chromium; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

install_chromium() {
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium
}

setup_chromium() {
  if ! find_chromium >/dev/null; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
      fail 'the end-to-end tests need Chromium; install it (on Debian: apt-get install chromium), or say where it is: CHROMIUM=/path/to/chromium script/test'
    fi
    step 'Installing Chromium' install_chromium
  fi
  CHROMIUM=$(find_chromium)
  export CHROMIUM
}
