BEGIN TRANSACTION;
CREATE TABLE drafts (
    account TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL,
    PRIMARY KEY (account, chat_id)
) STRICT;
INSERT INTO "drafts" VALUES('https://api.test','chat-ana','{"format": 1, "text": "half a thought", "cursor": 4, "decorations": [{"start": 0, "end": 4, "style": "italic", "animation": null}], "effect": null, "reply_to": {"message_id": "m-8", "part_index": 0}, "preferred_service": null}','e59633d8c26369c8dcfa086604605115');
CREATE TABLE unsent (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    local_id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;
INSERT INTO "unsent" VALUES(1,'00000000-0000-0000-0000-000000000001','https://api.test','{"format": 1, "local_id": "00000000-0000-0000-0000-000000000001", "chat_id": "chat-ana", "line": "+14155550100", "created_at": "2026-03-01T09:01:00+00:00", "content": {"parts": [{"kind": "text", "value": "Is it ready? \ud83d\udc4d\ud83c\udffd", "decorations": [{"start": 0, "end": 2, "style": "bold", "animation": null}]}], "effect": null, "reply_to": null, "preferred_service": null}, "state": "unconfirmed", "failure": {"kind": "OutcomeUnknownError", "message": "no answer came", "details": {"status": null, "code": null, "doc_url": null, "trace_id": null, "is_final": false}, "retry_after_s": null}, "attempts": 2, "begins": null}','1298b4a13cba8ffbff08a5c7e3387538');
INSERT INTO "unsent" VALUES(2,'00000000-0000-0000-0000-000000000002','https://api.test','{"format": 1, "local_id": "00000000-0000-0000-0000-000000000002", "chat_id": "chat-ana", "line": "+14155550100", "created_at": "2026-03-01T09:02:00+00:00", "content": {"parts": [{"kind": "text", "value": "second", "decorations": []}, {"kind": "media", "attachment_id": "att-1", "url": null}], "effect": {"kind": "screen", "name": "confetti"}, "reply_to": {"message_id": "m-7", "part_index": 1}, "preferred_service": "SMS"}, "state": "queued", "failure": null, "attempts": 0, "begins": null}','a8d7cca13b7e272b6a50fff9b6f9170f');
INSERT INTO "unsent" VALUES(3,'00000000-0000-0000-0000-000000000003','https://api.test','{"format": 1, "local_id": "00000000-0000-0000-0000-000000000003", "chat_id": "chat-ana", "line": "+14155550100", "created_at": "2026-03-01T09:03:00+00:00", "content": {"parts": [{"kind": "link", "value": "https://example.com/bikes"}], "effect": null, "reply_to": null, "preferred_service": null}, "state": "failed", "failure": {"kind": "NotAllowedError", "message": "They opted out", "details": {"status": 403, "code": 2024, "doc_url": "https://docs.test", "trace_id": "trace-1", "is_final": true}, "retry_after_s": null}, "attempts": 1, "begins": null}','23ec1393863e22f042e24430a9a9bfc6');
INSERT INTO "unsent" VALUES(4,'00000000-0000-0000-0000-000000000004','https://api.test','{"format": 1, "local_id": "00000000-0000-0000-0000-000000000004", "chat_id": "new:1", "line": "+14155550100", "created_at": "2026-03-01T09:04:00+00:00", "content": {"parts": [{"kind": "text", "value": "hello, new chat", "decorations": []}], "effect": null, "reply_to": null, "preferred_service": null}, "state": "queued", "failure": null, "attempts": 0, "begins": {"line": "+14155550100", "to": ["+14155550123", "+14155550124"], "group_name": "Riders"}}','2ac7635c945f514fe04d048a3162ce39');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('unsent',4);
COMMIT;
PRAGMA user_version = 1;
