/** A browser that Parley knows by name, and where it lies on each system. */
export interface KnownBrowser {
  /** As a person types it. */
  readonly name: string
  readonly title: string
  readonly family: 'chromium' | 'firefox'
  /** Its names on PATH. */
  readonly commands: readonly string[]
  readonly snap?: string
  readonly flatpak: string
  /** The program inside `NAME.app`, on macOS. */
  readonly app: readonly [name: string, program: string]
  /** From the folder of programs, on Windows; its last part is the key in the registry as well, where that is its own. */
  readonly exe: string
  readonly sharesKey?: true
}

/** In the order in which they are looked for where nobody says which. */
export const knownBrowsers: readonly KnownBrowser[] = [
  {
    name: 'chromium',
    title: 'Chromium',
    family: 'chromium',
    commands: ['chromium', 'chromium-browser'],
    snap: 'chromium',
    flatpak: 'org.chromium.Chromium',
    app: ['Chromium', 'Chromium'],
    exe: 'Chromium\\Application\\chrome.exe',
    sharesKey: true,
  },
  {
    name: 'chrome',
    title: 'Chrome',
    family: 'chromium',
    commands: ['google-chrome', 'google-chrome-stable'],
    flatpak: 'com.google.Chrome',
    app: ['Google Chrome', 'Google Chrome'],
    exe: 'Google\\Chrome\\Application\\chrome.exe',
  },
  {
    name: 'edge',
    title: 'Edge',
    family: 'chromium',
    commands: ['microsoft-edge', 'microsoft-edge-stable'],
    flatpak: 'com.microsoft.Edge',
    app: ['Microsoft Edge', 'Microsoft Edge'],
    exe: 'Microsoft\\Edge\\Application\\msedge.exe',
  },
  {
    name: 'brave',
    title: 'Brave',
    family: 'chromium',
    commands: ['brave-browser', 'brave'],
    snap: 'brave',
    flatpak: 'com.brave.Browser',
    app: ['Brave Browser', 'Brave Browser'],
    exe: 'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  },
  {
    name: 'vivaldi',
    title: 'Vivaldi',
    family: 'chromium',
    commands: ['vivaldi', 'vivaldi-stable'],
    snap: 'vivaldi',
    flatpak: 'com.vivaldi.Vivaldi',
    app: ['Vivaldi', 'Vivaldi'],
    exe: 'Vivaldi\\Application\\vivaldi.exe',
  },
  {
    name: 'firefox',
    title: 'Firefox',
    family: 'firefox',
    commands: ['firefox', 'firefox-esr'],
    snap: 'firefox',
    flatpak: 'org.mozilla.firefox',
    app: ['Firefox', 'firefox'],
    exe: 'Mozilla Firefox\\firefox.exe',
  },
]
