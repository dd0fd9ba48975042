-- Whoever writes an incident or a task, what changed about it is noted: rows are replaced as a whole,
-- so the old one is there until just before. A generated tenant has no such notes; its past is told
-- from the rows themselves.

DROP TRIGGER IF EXISTS incident_changes;
CREATE TRIGGER incident_changes BEFORE INSERT ON incidents
WHEN EXISTS (SELECT 1 FROM incidents old WHERE old.id = NEW.id AND (
    old.status <> NEW.status OR old.assigned_to IS NOT NEW.assigned_to OR old.severity <> NEW.severity
    OR old.classification <> NEW.classification OR old.determination <> NEW.determination))
BEGIN
    INSERT INTO history (incident, at, by, before, after)
    SELECT NEW.id, NEW.updated, coalesce(json_extract(NEW.doc, '$.lastModifiedBy'), ''),
        json_object('status', status, 'assignedTo', assigned_to, 'severity', severity,
            'classification', classification, 'determination', determination, 'updated', updated),
        json_object('status', NEW.status, 'assignedTo', NEW.assigned_to, 'severity', NEW.severity,
            'classification', NEW.classification, 'determination', NEW.determination,
            'into', json_extract(NEW.doc, '$.redirectIncidentId'))
    FROM incidents WHERE id = NEW.id;
    INSERT INTO events (at, type, kind, subject)
    VALUES (NEW.updated, 'incident.updated', 'incident', NEW.id);
END;

DROP TRIGGER IF EXISTS task_changes;
CREATE TRIGGER task_changes BEFORE INSERT ON tasks
BEGIN
    INSERT INTO history (incident, task, at, by, before, after)
    SELECT NEW.incident, NEW.id, NEW.modified, coalesce(json_extract(NEW.doc, '$.modified_by'), ''),
        (SELECT json_object('status', status, 'actionStatus', json_extract(doc, '$.action_status'),
            'modified', modified, 'by', json_extract(doc, '$.modified_by'))
         FROM tasks WHERE id = NEW.id),
        json_object('status', NEW.status, 'actionStatus', json_extract(NEW.doc, '$.action_status'))
    WHERE NOT EXISTS (SELECT 1 FROM tasks WHERE id = NEW.id AND status = NEW.status
        AND json_extract(doc, '$.action_status') = json_extract(NEW.doc, '$.action_status'));
    INSERT INTO events (at, type, kind, subject) VALUES (NEW.modified, 'task.updated', 'task', NEW.id);
END;

DROP TRIGGER IF EXISTS response_published;
CREATE TRIGGER response_published BEFORE INSERT ON responses
WHEN NOT EXISTS (SELECT 1 FROM responses WHERE incident = NEW.incident AND published = NEW.published)
BEGIN
    INSERT INTO history (incident, at, by, before, after)
    VALUES (NEW.incident, NEW.published, 'Defender Experts', NULL, json_object('published', 1));
    INSERT INTO upcoming (at, kind, subject, doc)
    VALUES (NEW.published, 'published', NEW.incident, 'null');
END;
