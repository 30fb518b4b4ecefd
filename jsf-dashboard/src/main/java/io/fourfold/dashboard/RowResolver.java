package io.fourfold.dashboard;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ELResolver;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets expressions read our own types as they are: {@code #{row.id}} is the public method {@code id()} or the public
 * field {@code id}. Read only, and only for types of this system; all others are left to the usual resolvers.
 */
public final class RowResolver extends ELResolver {

    private static final String OURS = "io.fourfold.";

    private static final ClassValue<Map<String, AnnotatedElement>> MEMBERS = new ClassValue<>() {
        @Override
        protected Map<String, AnnotatedElement> computeValue(Class<?> type) {
            return members(type);
        }
    };

    private static Map<String, AnnotatedElement> members(Class<?> type) {
        Map<String, AnnotatedElement> found = new HashMap<>();
        for (Field field : type.getFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                found.put(field.getName(), field);
            }
        }
        for (Method method : type.getMethods()) {
            boolean reads = method.getParameterCount() == 0 && method.getReturnType() != void.class;
            if (reads && !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class) {
                method.setAccessible(true);
                found.put(method.getName(), method);
            }
        }
        return found;
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        AnnotatedElement member = member(base, property);
        if (member == null) {
            return null;
        }
        context.setPropertyResolved(base, property);
        return read(member, base);
    }

    private static AnnotatedElement member(Object base, Object property) {
        boolean ours = base != null
                && property instanceof String
                && base.getClass().getName().startsWith(OURS);
        return ours ? MEMBERS.get(base.getClass()).get(property) : null;
    }

    private static Object read(AnnotatedElement member, Object base) {
        try {
            return member instanceof Field field ? field.get(base) : ((Method) member).invoke(base);
        } catch (InvocationTargetException thrown) {
            throw new ELException("Reading " + member + " failed", thrown.getCause());
        } catch (IllegalAccessException hidden) {
            throw new ELException("Expected " + member + " to be public", hidden);
        }
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {}

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return true;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return null;
    }
}
