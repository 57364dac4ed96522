from batchproof import verify_function


def test_every_record_that_was_not_handled_is_reported():
    verify_function("kafka", handler="kafka_app.handler", accepted=[{"quantity": 2}], rejected=[{"quantity": 0}, "not json"])
