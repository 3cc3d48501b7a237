"""An object store in this process: moto's server, a bucket, and the raw data in it.

    store.py BUCKET FOLDER PREFIX

Uploads FOLDER below PREFIX, prints where it answers, and does so until its standard input ends.
"""

import sys
from pathlib import Path
from threading import Lock
from typing import Any

import boto3
from moto.s3.responses import S3Response
from moto.server import ThreadedMotoServer

REGION = "eu-west-1"


def write_one_at_a_time() -> None:
    """Make a write on a condition what it is in S3: of two that may only make an object, one does.

    moto looks whether there is one, and writes later: two threads can both find none. Seen about
    once in 450 pairs of writes.
    """
    lock, put = Lock(), S3Response.put_object

    def put_alone(self: S3Response) -> Any:
        with lock:
            return put(self)

    S3Response.put_object = put_alone


def main() -> None:
    """Serve."""
    bucket, folder, prefix = sys.argv[1:]
    write_one_at_a_time()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "setup", "aws_secret_access_key": "setup"}
    client = boto3.client("s3", endpoint_url=url, region_name=REGION, **keys)
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    for file in sorted(Path(folder).rglob("*")):
        if file.is_file():
            client.upload_file(str(file), bucket, f"{prefix}/{file.relative_to(folder)}")
    print(url, flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
