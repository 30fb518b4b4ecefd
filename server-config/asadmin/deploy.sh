#!/usr/bin/env bash
# Deploys Fourfold on a Payara Server 6, with a PostgreSQL of yours. Run it again to deploy a newer EAR.
#
#   PAYARA_HOME=/opt/payara6 FOURFOLD_DB_URL=jdbc:postgresql://db:5432/fourfold FOURFOLD_DB_USER=fourfold \
#   FOURFOLD_DB_PASSWORD=... server-config/asadmin/deploy.sh [fourfold.ear]
#
# The domain must exist and run:  asadmin create-domain fourfold && asadmin start-domain fourfold
# (or the domain1 every Payara has). The domain's JDK must be 21 or newer: AS_JAVA=/path/to/jdk when it starts.
# Tried with Payara Server 6.2025.10 on JDK 25.
#
# FOURFOLD_DATA (default /var/lib/fourfold) is the folder for artifacts and conversations; Payara's account must own it.
# FOURFOLD_HTTP_ADDRESS (default 127.0.0.1) is where the HTTP listener binds: put a proxy with TLS before anything wider,
# and configure sign-in first, because without it whoever reaches the port may do everything.
set -euo pipefail

: "${PAYARA_HOME:?set it to the folder of Payara Server 6, which holds bin/asadmin}"
: "${FOURFOLD_DB_URL:?set it to jdbc:postgresql://HOST:PORT/DATABASE}"
: "${FOURFOLD_DB_USER:?}" "${FOURFOLD_DB_PASSWORD:?}"
ear=${1:-$(cd "$(dirname "$0")/../.." && pwd)/ear/target/server/fourfold.ear}
data=${FOURFOLD_DATA:-/var/lib/fourfold}
address=${FOURFOLD_HTTP_ADDRESS:-127.0.0.1}
port=${FOURFOLD_HTTP_PORT:-8080}
admin_port=${PAYARA_ADMIN_PORT:-4848}
[ -r "$ear" ] || { echo "No EAR at $ear: build it with ./fourfold build" >&2; exit 1; }

asadmin() { "$PAYARA_HOME/bin/asadmin" --port "$admin_port" --interactive=false "$@"; }

# Colons and equals signs have a meaning for asadmin; a backslash takes it away.
escaped() { printf '%s' "$1" | sed 's/[\\:=]/\\&/g'; }

# The application's settings are MicroProfile Config. The password goes into Payara's own alias store, not into domain.xml.
passwords=$(mktemp)
trap 'rm -f "$passwords"' EXIT
chmod 600 "$passwords"
printf 'AS_ADMIN_ALIASPASSWORD=%s\n' "$FOURFOLD_DB_PASSWORD" > "$passwords"
asadmin --passwordfile "$passwords" update-password-alias fourfold-db > /dev/null 2>&1 \
    || asadmin --passwordfile "$passwords" create-password-alias fourfold-db > /dev/null

# JDBC URLs hold jsonb as text: stringtype=unspecified is needed.
case "$FOURFOLD_DB_URL" in
    *stringtype=*) url=$FOURFOLD_DB_URL ;;
    *\?*) url="$FOURFOLD_DB_URL&stringtype=unspecified" ;;
    *) url="$FOURFOLD_DB_URL?stringtype=unspecified" ;;
esac
asadmin create-system-properties \
    "fourfold.db.url=$(escaped "$url"):fourfold.db.user=$(escaped "$FOURFOLD_DB_USER"):fourfold.data=$(escaped "$data"):fourfold.port=$port"
asadmin create-system-properties "fourfold.db.password=\${ALIAS=fourfold-db}"

asadmin set "configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1.address=$address" \
    "configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1.port=$port" > /dev/null
asadmin deploy --force=true --name fourfold "$ear"
echo "Fourfold is deployed: http://$address:$port/dashboard"
