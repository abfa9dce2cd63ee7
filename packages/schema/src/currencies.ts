/**
 * Currencies that an amount may be in, each with its minor units: the decimals that its amounts usually have. Amounts with more are
 * stored unchanged. Other three-letter codes are rejected, so that they never appear among amounts of money.
 */

/** ISO 4217, list one as published on 2026-01-01 by SIX, its maintenance agency: https://www.six-group.com/en/products-services/financial-information/data-standards.html */
const IN_USE: [units: number | undefined, codes: string][] = [
  [0, `BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF`],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
    CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD
    RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
    USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, `BHD IQD JOD KWD LYD OMR TND`],
  [4, `CLF UYW`],
  // Metals, units of account, tests, and no currency: the standard names no minor units.
  [undefined, `XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX`],
];

/** ISO 4217, list three, withdrawn in 2011 or later: what is imported may be as old. */
const WITHDRAWN: typeof IN_USE = [
  [0, 'BYR'],
  [2, 'ANG BGN CUC EEK HRK LTL LVL MRO SLL STD USS VEF ZMK ZWL'],
];

/** Not in ISO 4217, but what shops are paid in, by codes of three letters; the decimals are those of the smallest part of a coin. */
const CRYPTO: typeof IN_USE = [
  [6, 'ADA TRX XRP XTZ'],
  [7, 'XLM'],
  [8, 'BCH BSV BTC LTC XBT ZEC'],
  [9, 'SOL TON'],
  [10, 'DOT'],
  [12, 'XMR'],
  [18, 'BNB DAI ETC ETH POL'],
];

/** Minor units by code; undefined for codes that have none, as gold. */
export const CURRENCIES: ReadonlyMap<string, number | undefined> = new Map(
  [...IN_USE, ...WITHDRAWN, ...CRYPTO].flatMap(([units, codes]) =>
    codes.split(/\s+/).map((code): [string, number | undefined] => [code, units]),
  ),
);
