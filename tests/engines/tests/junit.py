"""Reads a JUnit report, and says of each test what came of it and where it stands."""

import json
import sys
import xml.etree.ElementTree as ET

suites = ET.parse(sys.argv[1]).getroot()
if suites.tag != "testsuites":
    sys.exit(f"the root is {suites.tag}")
cases = {}
for suite in suites:
    found = suite.findall("testcase")
    counts = {
        "tests": len(found),
        "failures": sum(case.find("failure") is not None for case in found),
        "errors": sum(case.find("error") is not None for case in found),
        "skipped": 0,
    }
    for name, count in counts.items():
        if int(suite.attrib[name]) != count:
            sys.exit(f"{name} is {suite.attrib[name]}, there are {count}")
    for case in found:
        results = [child.tag for child in case if child.attrib["message"] and child.text]
        if len(results) != len(case) or float(case.attrib["time"]) <= 0:
            sys.exit(f"{case.attrib}: {results}")
        cases[case.attrib["name"]] = {
            "result": results[0] if results else "passed",
            "file": case.attrib["file"],
            "line": int(case.attrib["line"]),
        }
print(json.dumps(cases))
