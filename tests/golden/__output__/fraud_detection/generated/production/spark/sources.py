"""The sources of fraud_detection: where their rows are, and what they promise."""

from datetime import timedelta

from history import Login, Tls, Topic
from quality import Field, Freshness, RowCheck, Source
from secret_values import Secret

TRANSACTIONS_TOPIC = Topic(
    source="transactions",
    servers="b-1.acme.example:9096,b-2.acme.example:9096",
    topic="payments.transactions",
    message_format="json",
    history="s3a://acme-fraud/lake/fraud_detection/history/transactions",
    checkpoint="s3a://acme-fraud/lake/fraud_detection/history/transactions/_checkpoint",
    trigger=timedelta(minutes=1),
    max_offsets=500000,
    login=Login(
        mechanism="SCRAM-SHA-512",
        user=Secret("FRAUD_DETECTION_KAFKA_USER"),
        password=Secret("FRAUD_DETECTION_KAFKA_PASSWORD"),
    ),
    tls=Tls(),
)

CARDS_SOURCE = Source(
    name="cards",
    files="s3a://acme-fraud/lake/raw/cards",
    file_format="parquet",
    table="s3a://acme-fraud/lake/fraud_detection/sources/cards",
    verdicts="s3a://acme-fraud/lake/fraud_detection/verdicts/cards",
    fields=[
        Field("card_id", "string", required=True),
        Field("home_country", "string"),
        Field("credit_limit", "double"),
        Field("updated_at", "timestamp", required=True),
    ],
    key=["card_id"],
    event_time="updated_at",
)

CHARGEBACKS_SOURCE = Source(
    name="chargebacks",
    files="s3a://acme-fraud/lake/raw/chargebacks",
    file_format="parquet",
    table="s3a://acme-fraud/lake/fraud_detection/sources/chargebacks",
    verdicts="s3a://acme-fraud/lake/fraud_detection/verdicts/chargebacks",
    fields=[
        Field("transaction_id", "string", required=True),
        Field("reported_at", "timestamp", required=True),
        Field("received_at", "timestamp", required=True),
    ],
    key=["transaction_id"],
    event_time="reported_at",
    ingested_at="received_at",
    lateness=timedelta(hours=12),
)

TRANSACTIONS_SOURCE = Source(
    name="transactions",
    file_format="json",
    messages=TRANSACTIONS_TOPIC,
    table="s3a://acme-fraud/lake/fraud_detection/sources/transactions",
    verdicts="s3a://acme-fraud/lake/fraud_detection/verdicts/transactions",
    fields=[
        Field("transaction_id", "string", required=True),
        Field("card_id", "string", required=True),
        Field("merchant_id", "string", required=True),
        Field("amount", "decimal(12,2)", required=True),
        Field("currency", "string", required=True),
        Field("country", "string"),
        Field("created_at", "timestamp", required=True),
        Field(
            "ingested_at",
            "timestamp",
            required=True,
            comment="When the broker took the message in.",
        ),
    ],
    key=["transaction_id"],
    event_time="created_at",
    ingested_at="ingested_at",
    lateness=timedelta(minutes=10),
    row_checks=[
        RowCheck(
            "known_currency",
            on_fail="quarantine",
            values={"currency": ["EUR", "USD", "GBP"]},
        ),
        RowCheck("positive_amount", on_fail="quarantine", expect="`amount` > 0"),
    ],
    dataset_checks=[Freshness("fresh", on_fail="warn", max_age=timedelta(hours=1))],
)
