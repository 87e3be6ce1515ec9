/**
 * The functions that a PAC file may call, as JavaScript for the sandbox, beside what the file itself says.
 * `lookUp(name)` is given: the addresses of a name, the first of IPv4 first. Dates are those of this machine.
 */
export const pacFunctions = `(() => {
const { lookUp, inRange, ownAddresses } = globalThis
for (const name of ['lookUp', 'inRange', 'ownAddresses']) delete globalThis[name]
function isPlainHostName(host) { return !/[.:]/.test(host) }
function dnsDomainIs(host, domain) { return host.toLowerCase().endsWith(String(domain).toLowerCase()) }
function localHostOrDomainIs(host, name) {
  return host === name || (!host.includes('.') && name.startsWith(host + '.'))
}
function dnsResolve(host) { return lookUp(host).find(isV4) ?? null }
function dnsResolveEx(host) { return lookUp(host).join(';') }
function isResolvable(host) { return dnsResolve(host) !== null }
function isResolvableEx(host) { return lookUp(host).length > 0 }
function myIpAddress() { return ownAddresses.find(isV4) ?? '127.0.0.1' }
function myIpAddressEx() { return ownAddresses.join(';') }
function dnsDomainLevels(host) { return host.split('.').length - 1 }
function isV4(address) { return /^\\d+\\.\\d+\\.\\d+\\.\\d+$/.test(address) }
function convert_addr(address) { return address.split('.').reduce((sum, part) => (sum << 8) | part, 0) }
function isInNet(host, pattern, mask) {
  const address = isV4(host) ? host : dnsResolve(host)
  if (address === null || !isV4(pattern) || !isV4(mask)) return false
  return (convert_addr(address) & convert_addr(mask)) === (convert_addr(pattern) & convert_addr(mask))
}
function isInNetEx(address, prefix) { return inRange(address, prefix) }
function shExpMatch(text, pattern) {
  // by hand: as a regular expression many stars would take forever
  text = String(text), pattern = String(pattern)
  let t = 0, p = 0, star = -1, from = 0
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') star = p++, from = t
    else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) t++, p++
    else if (star >= 0) p = star + 1, t = ++from
    else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
function sortIpAddressList(list) { return list }
function alert() {}
const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const clock = (gmt, what) => new Date()['get' + (gmt ? 'UTC' : '') + what]()
function between(now, from, to) { return from <= to ? from <= now && now <= to : now >= from || now <= to }
function withZone(given) {
  const all = [...given], gmt = all[all.length - 1] === 'GMT'
  if (gmt) all.pop()
  return [all, gmt]
}
function weekdayRange(...given) {
  const [days, gmt] = withZone(given)
  const numbers = days.map(day => weekDays.indexOf(day))
  return !numbers.includes(-1) && numbers.length > 0 && between(clock(gmt, 'Day'), numbers[0], numbers[numbers.length - 1])
}
function timeRange(...given) {
  const [all, gmt] = withZone(given)
  const now = (clock(gmt, 'Hours') * 60 + clock(gmt, 'Minutes')) * 60 + clock(gmt, 'Seconds')
  if (all.length === 1) return clock(gmt, 'Hours') === all[0]
  const half = all.length / 2
  const seconds = part => (part[0] * 60 + (part[1] ?? 0)) * 60 + (part[2] ?? 0)
  return between(now, seconds(all.slice(0, half)), seconds(all.slice(half)))
}
function dateRange(...given) {
  const [all, gmt] = withZone(given)
  const parts = all.map(value => typeof value === 'string' ? ['month', months.indexOf(value)] : [value > 31 ? 'year' : 'day', value])
  const now = { year: clock(gmt, 'FullYear'), month: clock(gmt, 'Month'), day: clock(gmt, 'Date') }
  const order = ['year', 'month', 'day']
  const from = parts.slice(0, Math.max(1, parts.length / 2)), to = parts.slice(from.length)
  const number = (units, value) => units.reduce((sum, unit) => sum * 10000 + value[unit], 0)
  const units = order.filter(unit => from.some(([name]) => name === unit))
  const one = number(units, Object.fromEntries(from))
  return between(number(units, now), one, to.length > 0 ? number(units, Object.fromEntries(to)) : one)
}
Object.assign(globalThis, {
  isPlainHostName, dnsDomainIs, localHostOrDomainIs, dnsResolve, dnsResolveEx, isResolvable,
  isResolvableEx, myIpAddress, myIpAddressEx, dnsDomainLevels, convert_addr, isInNet, isInNetEx,
  shExpMatch, sortIpAddressList, alert, weekdayRange, timeRange, dateRange,
})
})()`
