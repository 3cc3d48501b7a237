import { describe, expect, it } from "vitest";
import { isRegionIn, parseRegion, parseRegionPattern, regionOfHost } from "../../src/shorthand/index.js";

describe("regions", () => {
  it.each(["eu-west-1", "us-gov-east-1", "ap-southeast-5", "mx-central-1", "eusc-de-east-1", "il-central-1"])("takes %s", (region) => {
    expect(parseRegion(region)).toEqual({ ok: true, value: region });
    expect(parseRegionPattern(region)).toEqual({ ok: true, value: region });
  });

  it.each(["eu-west-1a", "eu_west_1", "EU-WEST-1", "eu-west", "europe-west1", "westeurope", "eu-*", "", "eu-west-1 ", "eu-west-1\n"])(
    "refuses %j as a region",
    (text) => {
      expect(parseRegion(text).ok).toBe(false);
    },
  );

  it.each(["*", "eu", "eu-west", "-*", "eu-*-1", "*-1", "eu-**", "eu-west-1a", "eu-west-1*"])("refuses %j as a pattern", (text) => {
    expect(parseRegionPattern(text).ok).toBe(false);
  });

  it.each([
    ["eu-west-1", "eu-*", true],
    ["eusc-de-east-1", "eu-*", false],
    ["eusc-de-east-1", "eu*", true],
    ["us-gov-west-1", "us-*", true],
    ["us-east-1", "us-gov-*", false],
    ["eu-west-1", "eu-west-1", true],
    ["eu-west-11", "eu-west-1", false],
  ])("%s in %s: %s", (region, pattern, isIn) => {
    expect(parseRegionPattern(pattern).ok).toBe(true);
    expect(isRegionIn(region, pattern)).toBe(isIn);
  });
});

describe("regions of servers", () => {
  it.each([
    ["features.x1y2.us-east-1.rds.amazonaws.com", "eu-west-1", "us-east-1"],
    ["features.x1y2.EU-WEST-1.rds.amazonaws.com", "eu-west-1", "eu-west-1"],
    ["features.x1y2.rds.cn-north-1.amazonaws.com.cn", "eu-west-1", "cn-north-1"],
    ["clustercfg.shop.x1y2.memorydb.ap-southeast-2.amazonaws.com", "eu-west-1", "ap-southeast-2"],
    ["master.shop.x1y2.euw1.cache.amazonaws.com", "eu-west-1", "eu-west-1"],
    ["master.shop.x1y2.apse2.cache.amazonaws.com", "ap-southeast-2", "ap-southeast-2"],
    ["master.shop.x1y2.euc1.cache.amazonaws.com", "eu-central-1", "eu-central-1"],
    ["master.shop.x1y2.use1.cache.amazonaws.com", "eu-west-1", "use1"],
    ["redis.us-east-1.example", "eu-west-1", undefined],
    ["us-east-1.rds.amazonaws.com.example", "eu-west-1", undefined],
    ["cache.amazonaws.com", "eu-west-1", undefined],
    ["10.0.0.1", "eu-west-1", undefined],
  ])("%s, seen from %s: %s", (host, region, found) => {
    expect(regionOfHost(host, region)).toBe(found);
  });
});
