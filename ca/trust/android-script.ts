/** What the shell of a rooted Android runs. A file's name is eight hexadecimal digits and `.0`: it needs no quoting. */

export const systemFolder = '/system/etc/security/cacerts'
const moduleFolder = '/apex/com.android.conscrypt/cacerts' // from Android 14 on; every app has its own view of it

/** Lays a copy of the system's roots, with one more, over the folder that cannot be written. It goes with a restart. */
export const addToSystem = (file: string): string =>
  [
    'set -e',
    `if ! grep -q " ${systemFolder} tmpfs " /proc/mounts; then`,
    'copy=$(mktemp -d /data/local/tmp/parley-XXXXXX)',
    `from=${systemFolder}; if [ -d ${moduleFolder} ]; then from=${moduleFolder}; fi`,
    'cp $from/* $copy/',
    `mount -t tmpfs -o mode=755 tmpfs ${systemFolder}`,
    `cp $copy/* ${systemFolder}/; rm -rf $copy`,
    'fi',
    `mv /data/local/tmp/${file} ${systemFolder}/${file}`,
    ...labelled,
    ...shownToApps,
  ].join('\n')

export const removeFromSystem = (file: string): string => ['set -e', `rm -f ${systemFolder}/${file}`].join('\n')

const labelled = [
  `chown root:root ${systemFolder}/*`,
  `chmod 644 ${systemFolder}/*`,
  `chcon u:object_r:system_file:s0 ${systemFolder} ${systemFolder}/*`,
]

/** The module's folder is bound to the new one for init, for the processes that apps are forked from, and for the apps that run. */
const shownToApps = [
  `if [ -d ${moduleFolder} ]; then`,
  'zygotes=$(pidof zygote zygote64 || true)',
  'apps=$(for one in $zygotes; do ps -o PID= -P $one; done)',
  'for one in 1 $zygotes $apps; do',
  `nsenter --mount=/proc/$one/ns/mnt -- mount --bind ${systemFolder} ${moduleFolder} || true`,
  'done',
  'fi',
]
