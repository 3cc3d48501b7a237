"""The tasks of examples/fraud_detection as a Kubeflow pipeline: one component per task, typed interval parameters."""

from kfp import dsl

IMAGE = "ghcr.io/acme/fraud-detection:1"


@dsl.container_component
def ready_transactions(start: str, end: str) -> dsl.ContainerSpec:
    """Run `ready_transactions` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "ready_transactions.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def ingest_transactions(start: str, end: str) -> dsl.ContainerSpec:
    """Run `ingest_transactions` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "ingest_transactions.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def features_card_velocity(start: str, end: str) -> dsl.ContainerSpec:
    """Run `features_card_velocity` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "features_card_velocity.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def ingest_cards(start: str, end: str) -> dsl.ContainerSpec:
    """Run `ingest_cards` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "ingest_cards.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def ingest_chargebacks(start: str, end: str) -> dsl.ContainerSpec:
    """Run `ingest_chargebacks` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "ingest_chargebacks.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def materialise_card_profile(start: str, end: str) -> dsl.ContainerSpec:
    """Run `materialise_card_profile` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "materialise_card_profile.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def materialise_card_velocity(start: str, end: str) -> dsl.ContainerSpec:
    """Run `materialise_card_velocity` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "materialise_card_velocity.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def scoring_fraud_review(start: str, end: str) -> dsl.ContainerSpec:
    """Run `scoring_fraud_review` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "scoring_fraud_review.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def score_fraud_review(start: str, end: str) -> dsl.ContainerSpec:
    """Run `score_fraud_review` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "score_fraud_review.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def transform_labelled_payments(start: str, end: str) -> dsl.ContainerSpec:
    """Run `transform_labelled_payments` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "transform_labelled_payments.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def await_sources_cards(start: str, end: str) -> dsl.ContainerSpec:
    """Run `await_sources_cards` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "await_sources_cards.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def await_sources_chargebacks(start: str, end: str) -> dsl.ContainerSpec:
    """Run `await_sources_chargebacks` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "await_sources_chargebacks.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def await_sources_transactions(start: str, end: str) -> dsl.ContainerSpec:
    """Run `await_sources_transactions` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "await_sources_transactions.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def await_features_card_velocity(start: str, end: str) -> dsl.ContainerSpec:
    """Run `await_features_card_velocity` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "await_features_card_velocity.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def training_fraud_score(start: str, end: str) -> dsl.ContainerSpec:
    """Run `training_fraud_score` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "training_fraud_score.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def train_fraud_score(start: str, end: str) -> dsl.ContainerSpec:
    """Run `train_fraud_score` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "train_fraud_score.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.container_component
def gate_fraud_score(start: str, end: str) -> dsl.ContainerSpec:
    """Run `gate_fraud_score` for an interval."""
    return dsl.ContainerSpec(
        image=IMAGE,
        command=["python3", "gate_fraud_score.py"],
        args=["--interval-start", start, "--interval-end", end],
    )


@dsl.pipeline(name="fraud-detection")
def fraud_detection(start: str, end: str) -> None:
    """Run every task after those that it needs."""
    ready_transactions_task = ready_transactions(start=start, end=end)
    ingest_transactions_task = ingest_transactions(start=start, end=end)
    ingest_transactions_task.after(ready_transactions_task)
    features_card_velocity_task = features_card_velocity(start=start, end=end)
    features_card_velocity_task.after(ingest_transactions_task)
    ingest_cards_task = ingest_cards(start=start, end=end)
    ingest_chargebacks_task = ingest_chargebacks(start=start, end=end)
    materialise_card_profile_task = materialise_card_profile(start=start, end=end)
    materialise_card_profile_task.after(ingest_cards_task)
    materialise_card_velocity_task = materialise_card_velocity(start=start, end=end)
    materialise_card_velocity_task.after(
        features_card_velocity_task, ingest_transactions_task
    )
    scoring_fraud_review_task = scoring_fraud_review(start=start, end=end)
    scoring_fraud_review_task.after(
        features_card_velocity_task, ingest_cards_task, ingest_transactions_task
    )
    score_fraud_review_task = score_fraud_review(start=start, end=end)
    score_fraud_review_task.after(scoring_fraud_review_task)
    transform_labelled_payments_task = transform_labelled_payments(start=start, end=end)
    transform_labelled_payments_task.after(
        ingest_chargebacks_task, ingest_transactions_task
    )
    await_sources_cards_task = await_sources_cards(start=start, end=end)
    await_sources_chargebacks_task = await_sources_chargebacks(start=start, end=end)
    await_sources_transactions_task = await_sources_transactions(start=start, end=end)
    await_features_card_velocity_task = await_features_card_velocity(
        start=start, end=end
    )
    training_fraud_score_task = training_fraud_score(start=start, end=end)
    training_fraud_score_task.after(
        await_sources_cards_task,
        await_sources_chargebacks_task,
        await_sources_transactions_task,
        await_features_card_velocity_task,
    )
    train_fraud_score_task = train_fraud_score(start=start, end=end)
    train_fraud_score_task.after(training_fraud_score_task)
    gate_fraud_score_task = gate_fraud_score(start=start, end=end)
    gate_fraud_score_task.after(train_fraud_score_task, training_fraud_score_task)
