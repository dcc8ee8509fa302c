# Sourced: builds the portal as it is deployed, into STATE/portal, when its sources changed.

# Changes when a file that goes into the portal does, by name or by content.
portal_stamp() {
  local files
  files=$(portal_sources)
  {
    echo "$files"
    echo "$files" | (cd "$root" && git hash-object --stdin-paths)
  } | git hash-object --stdin
}

portal_sources() {
  cd "$root"
  git ls-files -co --exclude-standard -- \
    packages/app packages/backend plugins package.json yarn.lock .node-version \
    ':!*.test.ts' ':!*.test.tsx' ':!*.md' |
    while read -r file; do
      if [ -f "$file" ]; then echo "$file"; fi
    done
}

build_backend() {
  (cd "$root/packages/backend" && yarn build)
}

# Unpacks what a deployment unpacks. Packages of other people are found in the node_modules of the
# project above; our own ones are those of the bundle.
unpack_portal() {
  local portal=$1 partial=$1.partial package name
  rm -rf "$partial"
  mkdir -p "$partial/node_modules"
  tar -xzf "$root/packages/backend/dist/skeleton.tar.gz" -C "$partial"
  tar -xzf "$root/packages/backend/dist/bundle.tar.gz" -C "$partial"
  for package in "$partial"/packages/* "$partial"/plugins/*; do
    name=$(node -p 'require(process.argv[1]).name' "$package/package.json")
    mkdir -p "$(dirname "$partial/node_modules/$name")"
    ln -s "../${package#"$partial"/}" "$partial/node_modules/$name"
  done
  rm -rf "$portal"
  mv "$partial" "$portal"
}

build_portal() {
  local state=$1 stamp
  mkdir -p "$state"
  stamp=$(portal_stamp)
  if [ -d "$state/portal" ] && [ "$(cat "$state/portal.stamp" 2>/dev/null)" = "$stamp" ]; then
    return
  fi
  # A build that is interrupted leaves a part of itself.
  rm -f "$state/portal.stamp"
  step 'Building the portal' build_backend
  step 'Unpacking the portal' unpack_portal "$state/portal"
  echo "$stamp" >"$state/portal.stamp"
}
